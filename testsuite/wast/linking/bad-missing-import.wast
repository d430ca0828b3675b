;; An instance that nobody named cannot be imported.
(assert_unlinkable
  (component (import "nobody" (instance (export "m" (core module)))))
  "unknown import")
