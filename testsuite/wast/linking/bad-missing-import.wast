;; An instance that nobody named cannot be imported.
(assert_unlinkable
  (component (import "nobody" (instance (export "m" (core module)))))
  "component imports instance `nobody`, but a matching implementation was not found in the linker")
