;; CM#624
;; A list takes at most 2^28-1 bytes, of its elements, not so many elements. Both lists of zeros
;; would lie in the memory here; one that leaves it shows that 2^28-8 is not too long.
;; definitions.py: load_list_from_range (MAX_LIST_BYTE_LENGTH)
;; Holds from: a6dfd37
(component definition $C
  (core module $M
    (memory (export "mem") 4097)
    (func (export "get") (param i32 i32) (result i32)
      (i32.store (i32.const 0) (local.get 0))
      (i32.store (i32.const 4) (local.get 1))
      (i32.const 0)))
  (core instance $m (instantiate $M))
  (func (export "u8") (param "at" u32) (param "n" u32) (result (list u8))
    (canon lift (core func $m "get") (memory (core memory $m "mem"))))
  (func (export "u64") (param "at" u32) (param "n" u32) (result (list u64))
    (canon lift (core func $m "get") (memory (core memory $m "mem")))))

(component instance $i $C)
(assert_return (invoke "u64" (u32.const 16) (u32.const 2)) (list.const (u64.const 0) (u64.const 0)))
(assert_trap (invoke "u8" (u32.const 0) (u32.const 0x10000000)) "list too long")
(component instance $i $C)
(assert_trap (invoke "u64" (u32.const 0) (u32.const 0x02000000)) "list too long")
(component instance $i $C)
(assert_trap (invoke "u64" (u32.const 0x20000) (u32.const 0x01ffffff)) "list out of bounds")
