;; A trap in a start function is a trap of the instantiation.
(assert_trap
  (component
    (core module $M
      (func $start unreachable)
      (start $start))
    (core instance (instantiate $M)))
  "unreachable")
