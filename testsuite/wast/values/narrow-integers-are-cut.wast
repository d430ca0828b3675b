;; An integer of 8 or 16 bits is lifted from the low bits; the others do not matter.
(component
  (core module $M
    (func (export "is") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $M))
  (func (export "u8") (param "x" u32) (result u8) (canon lift (core func $m "is")))
  (func (export "s8") (param "x" u32) (result s8) (canon lift (core func $m "is")))
  (func (export "u16") (param "x" u32) (result u16) (canon lift (core func $m "is")))
  (func (export "s16") (param "x" u32) (result s16) (canon lift (core func $m "is")))
  (func (export "s32") (param "x" u32) (result s32) (canon lift (core func $m "is")))
  (func (export "of-s8") (param "x" s8) (result u32) (canon lift (core func $m "is"))))

(assert_return (invoke "u8" (u32.const 0xdeadbeef)) (u8.const 0xef))
(assert_return (invoke "s8" (u32.const 0xdeadbeef)) (s8.const -17))
(assert_return (invoke "u16" (u32.const 0xdeadbeef)) (u16.const 0xbeef))
(assert_return (invoke "s16" (u32.const 0xdeadbeef)) (s16.const -16657))
(assert_return (invoke "s32" (u32.const 0xffffffff)) (s32.const -1))
(assert_return (invoke "of-s8" (s8.const -1)) (u32.const 0xffffffff))
