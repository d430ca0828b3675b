;; WT#13016
;; The sizes that realloc gets are bytes. Where a string from utf8 turns out to need utf16, the
;; second call doubles the bytes of the source, and the third cuts what the code units left over.
;; definitions.py: store_string_to_latin1_or_utf16
;; Holds from: 92173ef
(component definition $C
  (core module $M
    (memory (export "mem") 1)
    (global $calls (mut i32) (i32.const 0))
    (global $base (mut i32) (i32.const 512))
    ;; keeps its arguments, 16 bytes a call
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $p i32)
      (local.set $p (i32.mul (global.get $calls) (i32.const 16)))
      (i32.store (local.get $p) (local.get 0))
      (i32.store offset=4 (local.get $p) (local.get 1))
      (i32.store offset=8 (local.get $p) (local.get 2))
      (i32.store offset=12 (local.get $p) (local.get 3))
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (i32.add (global.get $base) (i32.mul (global.get $calls) (i32.const 64))))
    (func (export "base") (param i32) (global.set $base (local.get 0)))
    (func (export "take") (param i32 i32) (result i32) (local.get 1))
    (func (export "call") (param i32) (result i32)
      (i32.store (i32.const 256) (i32.mul (local.get 0) (i32.const 16)))
      (i32.store (i32.const 260) (i32.const 4))
      (i32.const 256)))
  (core instance $m (instantiate $M))
  (alias core export $m "mem" (core memory $mem))
  (func (export "base") (param "at" u32) (canon lift (core func $m "base")))
  (func (export "take") (param "s" string) (result u32) (canon lift (core func $m "take")
    (memory (core memory $mem)) (realloc (core func $m "realloc")) string-encoding=latin1+utf16))
  (func (export "call") (param "n" u32) (result (list u32))
    (canon lift (core func $m "call") (memory (core memory $mem)))))

;; The second call gets 65528: there is room for six code units of one byte, but not of two.
(component instance $i $C)
(assert_return (invoke "base" (u32.const 65400)))
(assert_trap (invoke "take" (str.const "a\u{e9}\u{20ac}")) "realloc return: beyond end of memory")

(component instance $i $C)
;; "a", e acute and the euro sign: six bytes of utf8, three code units, two of them Latin-1
(assert_return (invoke "take" (str.const "a\u{e9}\u{20ac}")) (u32.const 0x80000003))
(assert_return (invoke "call" (u32.const 0))
  (list.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 6)))
(assert_return (invoke "call" (u32.const 1))
  (list.const (u32.const 576) (u32.const 6) (u32.const 2) (u32.const 12)))
(assert_return (invoke "call" (u32.const 2))
  (list.const (u32.const 640) (u32.const 12) (u32.const 2) (u32.const 6)))
