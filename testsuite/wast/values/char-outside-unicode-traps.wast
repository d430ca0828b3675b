;; A char is a Unicode scalar value: neither a surrogate nor above 0x10ffff.
(component definition $C
  (core module $M
    (func (export "is") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $M))
  (func (export "char") (param "x" u32) (result char) (canon lift (core func $m "is"))))

(component instance $i $C)
(assert_return (invoke "char" (u32.const 0x61)) (char.const "a"))
(assert_return (invoke "char" (u32.const 0xd7ff)) (char.const "\u{d7ff}"))
(assert_return (invoke "char" (u32.const 0xe000)) (char.const "\u{e000}"))
(assert_return (invoke "char" (u32.const 0x10ffff)) (char.const "\u{10ffff}"))
(assert_trap (invoke "char" (u32.const 0xd800)) "invalid `char` bit pattern")
(component instance $i $C)
(assert_trap (invoke "char" (u32.const 0xdfff)) "invalid `char` bit pattern")
(component instance $i $C)
(assert_trap (invoke "char" (u32.const 0x110000)) "invalid `char` bit pattern")
