;; A resource is represented by an integer.
(assert_invalid
  (component (type (resource (rep f32))))
  "resource rep")
