;; WT#13012
;; The alignment of what realloc returns is checked at each of its calls, not only at the first:
;; here the second one shrinks a string that utf8 to utf16 made too long, or widens one of Latin-1.
;; definitions.py: store_utf8_to_utf16, store_string_to_latin1_or_utf16
;; Holds from: 92173ef
(component definition $C
  (core module $M
    (memory (export "mem") 1)
    (global $calls (mut i32) (i32.const 0))
    (global $second (mut i32) (i32.const 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (if (result i32) (i32.eq (global.get $calls) (i32.const 2))
        (then (global.get $second))
        (else (i32.const 64))))
    (func (export "second") (param i32) (global.set $second (local.get 0)))
    (func (export "calls") (param i32 i32) (result i32) (global.get $calls)))
  (core instance $m (instantiate $M))
  (alias core export $m "mem" (core memory $mem))
  (alias core export $m "realloc" (core func $realloc))
  (func (export "second") (param "at" u32) (canon lift (core func $m "second")))
  (func (export "utf16") (param "s" string) (result u32) (canon lift (core func $m "calls")
    (memory (core memory $mem)) (realloc (core func $realloc)) string-encoding=utf16))
  (func (export "latin1") (param "s" string) (result u32) (canon lift (core func $m "calls")
    (memory (core memory $mem)) (realloc (core func $realloc)) string-encoding=latin1+utf16)))

(component instance $i $C)
(assert_return (invoke "second" (u32.const 65)))
(assert_trap (invoke "utf16" (str.const "\u{e9}")) "realloc return: result not aligned")
(component instance $i $C)
(assert_return (invoke "second" (u32.const 66)))
(assert_return (invoke "utf16" (str.const "\u{e9}")) (u32.const 2))
(component instance $i $C)
(assert_return (invoke "second" (u32.const 65)))
(assert_trap (invoke "latin1" (str.const "\u{20ac}")) "realloc return: result not aligned")
(component instance $i $C)
(assert_return (invoke "second" (u32.const 66)))
(assert_return (invoke "latin1" (str.const "\u{20ac}")) (u32.const 3))
