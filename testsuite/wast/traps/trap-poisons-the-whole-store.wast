;; A trap in one component also ends its siblings, although they were not on the stack.
(component
  (component $C
    (core module $M
      (func (export "bad") unreachable)
      (func (export "good") (result i32) (i32.const 1)))
    (core instance $m (instantiate $M))
    (func (export "bad") (canon lift (core func $m "bad")))
    (func (export "good") (result u32) (canon lift (core func $m "good"))))
  (instance $a (instantiate $C))
  (instance $b (instantiate $C))
  (func (export "bad-a") (alias export $a "bad"))
  (func (export "good-b") (alias export $b "good")))

(assert_return (invoke "good-b") (u32.const 1))
(assert_trap (invoke "bad-a") "unreachable")
(assert_trap (invoke "good-b") "cannot enter component instance")
