;; A resource is represented by an i32.
(assert_invalid
  (component (type (resource (rep i64))))
  "resources can only be represented by `i32`")
