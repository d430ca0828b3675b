;; A core module is validated with the component that it stands in.
(assert_invalid (component (core module (func i32.add))) "type mismatch")
