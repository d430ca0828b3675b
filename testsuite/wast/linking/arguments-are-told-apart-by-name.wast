;; A module that imports the same field from two instances gets each from the right one.
(component
  (core module $One (func (export "f") (result i32) (i32.const 1)))
  (core module $Two (func (export "f") (result i32) (i32.const 2)))
  (core module $M
    (import "two" "f" (func $two (result i32)))
    (import "one" "f" (func $one (result i32)))
    (func (export "run") (result i32)
      (i32.add (i32.mul (call $one) (i32.const 10)) (call $two))))
  (core instance $one (instantiate $One))
  (core instance $two (instantiate $Two))
  (core instance $m (instantiate $M (with "one" (instance $one)) (with "two" (instance $two))))
  (func (export "run") (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run") (u32.const 12))
