;; A data segment that does not fit is a trap of the instantiation.
(assert_trap
  (component
    (core module $M
      (memory 1)
      (data (i32.const 65535) "ab"))
    (core instance (instantiate $M)))
  "out of bounds memory access")
