;; CM#624
;; A string takes at most 2^28-1 bytes, whatever the encoding; runtimes allowed 2^31-1. Both
;; strings of zeros would lie in the memory here; one that leaves it shows that 2^28-1 is not too
;; long.
;; definitions.py: load_string_from_range (MAX_STRING_BYTE_LENGTH)
;; Holds from: a6dfd37
(component definition $C
  (core module $M
    (memory (export "mem") 4097)
    (func (export "get") (param i32 i32) (result i32)
      (i32.store (i32.const 0) (local.get 0))
      (i32.store (i32.const 4) (local.get 1))
      (i32.const 0)))
  (core instance $m (instantiate $M))
  (func (export "utf8") (param "at" u32) (param "units" u32) (result string)
    (canon lift (core func $m "get") (memory (core memory $m "mem"))))
  (func (export "utf16") (param "at" u32) (param "units" u32) (result string)
    (canon lift (core func $m "get") (memory (core memory $m "mem")) string-encoding=utf16)))

(component instance $i $C)
(assert_return (invoke "utf8" (u32.const 16) (u32.const 3)) (str.const "\00\00\00"))
(assert_trap (invoke "utf8" (u32.const 0) (u32.const 0x10000000)) "string too long")
(component instance $i $C)
(assert_trap (invoke "utf8" (u32.const 0x20000) (u32.const 0x0fffffff)) "string out of bounds")
(component instance $i $C)
(assert_trap (invoke "utf16" (u32.const 0) (u32.const 0x08000000)) "string too long")
(component instance $i $C)
(assert_trap (invoke "utf16" (u32.const 0x20000) (u32.const 0x07ffffff)) "string out of bounds")
