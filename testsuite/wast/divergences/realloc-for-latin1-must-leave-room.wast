;; WT#13026
;; From utf8 to latin1+utf16 the first realloc has to have room for as many bytes as the source
;; has, and one that widens the string for all code units.
;; definitions.py: store_string_to_latin1_or_utf16
;; Holds from: 92173ef
(component definition $C
  (core module $M
    (memory (export "mem") 1)
    (global $calls (mut i32) (i32.const 0))
    (global $first (mut i32) (i32.const 0))
    (global $second (mut i32) (i32.const 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (if (result i32) (i32.eq (global.get $calls) (i32.const 1))
        (then (global.get $first))
        (else (global.get $second))))
    (func (export "returns") (param i32 i32)
      (global.set $first (local.get 0))
      (global.set $second (local.get 1)))
    (func (export "at") (param i32 i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $M))
  (func (export "returns") (param "first" u32) (param "second" u32)
    (canon lift (core func $m "returns")))
  (func (export "take") (param "s" string) (result u32) (canon lift (core func $m "at")
    (memory (core memory $m "mem")) (realloc (core func $m "realloc"))
    string-encoding=latin1+utf16)))

;; four bytes of utf8, four of Latin-1
(component instance $i $C)
(assert_return (invoke "returns" (u32.const 65534) (u32.const 0)))
(assert_trap (invoke "take" (str.const "abcd")) "realloc return: beyond end of memory")
(component instance $i $C)
(assert_return (invoke "returns" (u32.const 65532) (u32.const 0)))
(assert_return (invoke "take" (str.const "abcd")) (u32.const 65532))

;; four bytes of utf8 may become four code units, of eight bytes
(component instance $i $C)
(assert_return (invoke "returns" (u32.const 64) (u32.const 65530)))
(assert_trap (invoke "take" (str.const "a\u{20ac}")) "realloc return: beyond end of memory")
(component instance $i $C)
(assert_return (invoke "returns" (u32.const 64) (u32.const 65528)))
(assert_return (invoke "take" (str.const "a\u{20ac}")) (u32.const 65528))
