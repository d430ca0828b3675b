;; jco#1840
;; A string of utf16 takes two bytes for each code unit, no more: it may end with the memory.
;; definitions.py: store_utf8_to_utf16
;; Holds from: 92173ef
(component definition $C
  (core module $M
    (memory (export "mem") 1)
    (global $at (mut i32) (i32.const 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (global.get $at))
    (func (export "returns") (param i32) (global.set $at (local.get 0)))
    (func (export "last") (param i32 i32) (result i32)
      (i32.load16_u (i32.add (local.get 0) (i32.mul (i32.const 2)
        (i32.sub (local.get 1) (i32.const 1)))))))
  (core instance $m (instantiate $M))
  (func (export "returns") (param "at" u32) (canon lift (core func $m "returns")))
  (func (export "last") (param "s" string) (result u32) (canon lift (core func $m "last")
    (memory (core memory $m "mem")) (realloc (core func $m "realloc")) string-encoding=utf16)))

(component instance $i $C)
(assert_return (invoke "returns" (u32.const 65528)))
(assert_return (invoke "last" (str.const "abcd")) (u32.const 0x64))
(component instance $i $C)
(assert_return (invoke "returns" (u32.const 65530)))
(assert_trap (invoke "last" (str.const "abcd")) "realloc return: beyond end of memory")
