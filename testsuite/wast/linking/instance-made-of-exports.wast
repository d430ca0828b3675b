;; An instance can be put together from functions without a component of its own.
(component
  (component $C
    (core module $M
      (func (export "one") (result i32) (i32.const 1))
      (func (export "two") (result i32) (i32.const 2)))
    (core instance $m (instantiate $M))
    (func (export "one") (result u32) (canon lift (core func $m "one")))
    (func (export "two") (result u32) (canon lift (core func $m "two"))))
  (instance $c (instantiate $C))
  (instance $swapped
    (export "one" (func $c "two"))
    (export "two" (func $c "one")))
  (component $User
    (import "i" (instance $i (export "one" (func (result u32)))))
    (export "f" (func $i "one")))
  (instance $user (instantiate $User (with "i" (instance $swapped))))
  (func (export "f") (alias export $user "f")))

(assert_return (invoke "f") (u32.const 2))
