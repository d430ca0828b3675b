;; CM#59
;; The specification left one call of realloc out when it aligned latin1+utf16 to 2: the one that
;; shrinks a string of utf16 whose characters are all Latin-1 asks for alignment 1, and an odd
;; result does not trap, only one that is out of bounds. Passed back, such a string traps, for it
;; is not aligned.
;; definitions.py: store_probably_utf16_to_latin1_or_utf16
;; Holds from: 92173ef
(component definition $C
  (component $Callee
    (core module $M
      (memory (export "mem") 1)
      (global $calls (mut i32) (i32.const 0))
      (global $alignment (mut i32) (i32.const 0))
      (global $second (mut i32) (i32.const 0))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (global.set $alignment (local.get 2))
        (if (result i32) (i32.eq (global.get $calls) (i32.const 2))
          (then (global.get $second))
          (else (i32.const 64))))
      (func (export "returns") (param i32) (global.set $second (local.get 0)))
      (func (export "alignment") (result i32) (global.get $alignment))
      (func (export "same") (param i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.const 0)))
    (core instance $m (instantiate $M))
    (alias core export $m "mem" (core memory $mem))
    (alias core export $m "realloc" (core func $realloc))
    (func (export "returns") (param "at" u32) (canon lift (core func $m "returns")))
    (func (export "alignment") (result u32) (canon lift (core func $m "alignment")))
    (func (export "take") (param "s" string) (result (tuple u32 u32))
      (canon lift (core func $m "same") (memory (core memory $mem))
        (realloc (core func $realloc)) string-encoding=latin1+utf16))
    (func (export "same") (param "s" string) (result string)
      (canon lift (core func $m "same") (memory (core memory $mem))
        (realloc (core func $realloc)) string-encoding=latin1+utf16)))
  (component $Caller
    (import "take" (func $take (param "s" string) (result (tuple u32 u32))))
    (import "same" (func $same (param "s" string) (result string)))
    (core module $D
      (memory (export "mem") 1)
      (data (i32.const 16) "a\00b\00c\00")
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)))
    (core instance $d (instantiate $D))
    (alias core export $d "mem" (core memory $mem))
    (core func $take' (canon lower (func $take)
      (memory (core memory $mem)) string-encoding=latin1+utf16))
    (core func $same' (canon lower (func $same)
      (memory (core memory $mem)) (realloc (core func $d "realloc")) string-encoding=latin1+utf16))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "take" (func $take (param i32 i32 i32)))
      (import "" "same" (func $same (param i32 i32 i32)))
      ;; three code units of utf16, which the tag in the length says
      (func (export "take") (result i32)
        (call $take (i32.const 16) (i32.const 0x80000003) (i32.const 0))
        (i32.const 0))
      (func (export "same") (call $same (i32.const 16) (i32.const 0x80000003) (i32.const 0))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem))
      (export "take" (func $take')) (export "same" (func $same'))))))
    (func (export "take") (result (tuple u32 u32))
      (canon lift (core func $m "take") (memory (core memory $mem))))
    (func (export "same") (canon lift (core func $m "same"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller
    (with "take" (func $callee "take")) (with "same" (func $callee "same"))))
  (func (export "returns") (alias export $callee "returns"))
  (func (export "alignment") (alias export $callee "alignment"))
  (func (export "take") (alias export $caller "take"))
  (func (export "same") (alias export $caller "same")))

(component instance $i $C)
(assert_return (invoke "returns" (u32.const 65535)))
(assert_trap (invoke "take") "realloc return: beyond end of memory")
(component instance $i $C)
(assert_return (invoke "returns" (u32.const 65)))
(assert_return (invoke "take") (tuple.const (u32.const 65) (u32.const 3)))
(assert_return (invoke "alignment") (u32.const 1))
(component instance $i $C)
(assert_return (invoke "returns" (u32.const 66)))
(assert_return (invoke "same"))
(component instance $i $C)
(assert_return (invoke "returns" (u32.const 65)))
(assert_trap (invoke "same") "unaligned pointer")
