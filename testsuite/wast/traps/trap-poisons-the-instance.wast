;; After a trap every function of the instance traps; another instance is not affected.
(component definition $C
  (core module $M
    (func (export "bad") unreachable)
    (func (export "good") (result i32) (i32.const 1)))
  (core instance $m (instantiate $M))
  (func (export "bad") (canon lift (core func $m "bad")))
  (func (export "good") (result u32) (canon lift (core func $m "good"))))

(component instance $a $C)
(component instance $b $C)
(assert_return (invoke $a "good") (u32.const 1))
(assert_trap (invoke $a "bad") "unreachable")
(assert_trap (invoke $a "good") "cannot enter component instance")
(assert_trap (invoke $a "bad") "cannot enter component instance")
(assert_return (invoke $b "good") (u32.const 1))
