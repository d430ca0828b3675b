;; WE#4730
;; The third argument of realloc is the alignment of what it makes room for, and never 0: a guest
;; that rounds up to a multiple of 0 would get address 0.
;; definitions.py: store_string_copy, store_list_into_range
;; Holds from: 5679ffb
(component
  (core module $M
    (memory (export "mem") 1)
    (global $alignment (mut i32) (i32.const -1))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $alignment (local.get 2))
      (i32.const 64))
    (func (export "alignment") (param i32 i32) (result i32) (global.get $alignment)))
  (core instance $m (instantiate $M))
  (alias core export $m "mem" (core memory $mem))
  (alias core export $m "realloc" (core func $realloc))
  (func (export "utf8") (param "s" string) (result u32) (canon lift (core func $m "alignment")
    (memory (core memory $mem)) (realloc (core func $realloc))))
  (func (export "utf16") (param "s" string) (result u32) (canon lift (core func $m "alignment")
    (memory (core memory $mem)) (realloc (core func $realloc)) string-encoding=utf16))
  (func (export "u8") (param "l" (list u8)) (result u32) (canon lift (core func $m "alignment")
    (memory (core memory $mem)) (realloc (core func $realloc))))
  (func (export "u64") (param "l" (list u64)) (result u32) (canon lift (core func $m "alignment")
    (memory (core memory $mem)) (realloc (core func $realloc)))))

(assert_return (invoke "utf8" (str.const "abc")) (u32.const 1))
(assert_return (invoke "utf8" (str.const "")) (u32.const 1))
(assert_return (invoke "utf16" (str.const "abc")) (u32.const 2))
(assert_return (invoke "u8" (list.const (u8.const 1))) (u32.const 1))
(assert_return (invoke "u64" (list.const (u64.const 1))) (u32.const 8))
