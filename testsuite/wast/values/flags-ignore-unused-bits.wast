;; Bits without a flag are ignored when flags are lifted, and zero when they are lowered.
(component
  (type $f' (flags "a" "b" "c"))
  (export $f "f" (type $f'))
  (core module $M
    (func (export "is") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $M))
  (func (export "lift") (param "x" u32) (result $f) (canon lift (core func $m "is")))
  (func (export "lower") (param "x" $f) (result u32) (canon lift (core func $m "is"))))

(assert_return (invoke "lift" (u32.const 0)) (flags.const))
(assert_return (invoke "lift" (u32.const 0xfffffff8)) (flags.const))
(assert_return (invoke "lift" (u32.const 0xfffffffd)) (flags.const "a" "c"))
(assert_return (invoke "lower" (flags.const "c" "a")) (u32.const 5))
