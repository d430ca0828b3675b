;; Every core value but 0 is true, and true is lowered as 1.
(component
  (core module $M
    (func (export "is") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $M))
  (func (export "to-bool") (param "x" u32) (result bool) (canon lift (core func $m "is")))
  (func (export "of-bool") (param "x" bool) (result u32) (canon lift (core func $m "is"))))

(assert_return (invoke "to-bool" (u32.const 0)) (bool.const false))
(assert_return (invoke "to-bool" (u32.const 1)) (bool.const true))
(assert_return (invoke "to-bool" (u32.const 0x80000000)) (bool.const true))
(assert_return (invoke "of-bool" (bool.const false)) (u32.const 0))
(assert_return (invoke "of-bool" (bool.const true)) (u32.const 1))
