;; CM#54, CM#59
;; In latin1+utf16 every string is aligned to 2, one of Latin-1 as well: realloc is told so, and a
;; pointer that is odd traps.
;; definitions.py: store_string_copy, store_string_to_latin1_or_utf16
;; Holds from: 92173ef
(component definition $C
  (component $Callee
    (core module $M
      (memory (export "mem") 1)
      (global $alignment (mut i32) (i32.const 0))
      (global $at (mut i32) (i32.const 64))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (global.set $alignment (local.get 2))
        (global.get $at))
      (func (export "returns") (param i32) (global.set $at (local.get 0)))
      (func (export "alignment") (param i32 i32) (result i32) (global.get $alignment)))
    (core instance $m (instantiate $M))
    (func (export "returns") (param "at" u32) (canon lift (core func $m "returns")))
    (func (export "alignment") (param "s" string) (result u32)
      (canon lift (core func $m "alignment") (memory (core memory $m "mem"))
        (realloc (core func $m "realloc")) string-encoding=latin1+utf16)))
  (component $Caller
    (import "alignment" (func $alignment (param "s" string) (result u32)))
    (core module $D (memory (export "mem") 1) (data (i32.const 16) "abc"))
    (core instance $d (instantiate $D))
    (core func $alignment' (canon lower (func $alignment)
      (memory (core memory $d "mem")) string-encoding=latin1+utf16))
    (core module $M
      (import "" "alignment" (func $alignment (param i32 i32) (result i32)))
      (func (export "pass") (result i32) (call $alignment (i32.const 16) (i32.const 3))))
    (core instance $m (instantiate $M (with "" (instance
      (export "alignment" (func $alignment'))))))
    (func (export "pass") (result u32) (canon lift (core func $m "pass"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller (with "alignment" (func $callee "alignment"))))
  (func (export "returns") (alias export $callee "returns"))
  (func (export "from-utf8") (alias export $callee "alignment"))
  (func (export "from-latin1") (alias export $caller "pass")))

(component instance $i $C)
(assert_return (invoke "from-utf8" (str.const "abc")) (u32.const 2))
(assert_return (invoke "from-latin1") (u32.const 2))
(assert_return (invoke "returns" (u32.const 65)))
(assert_trap (invoke "from-latin1") "realloc return: result not aligned")
(component instance $i $C)
(assert_return (invoke "returns" (u32.const 65)))
(assert_trap (invoke "from-utf8" (str.const "abc")) "realloc return: result not aligned")
