;; WT#14021
;; The elements of a list of fixed length are stored from where the list lies, not from where the
;; value around it does: here behind the first field of a tuple.
;; definitions.py: store_record, store_list_into_valid_range
;; Holds from: 3ed572f
(component
  (component $Callee
    (core module $M
      (memory (export "mem") 1)
      (data (i32.const 16) "\aa\00\00\00" "\01\00\00\00\02\00\00\00\03\00\00\00" "\bb\00\00\00")
      (func (export "get") (result i32) (i32.const 16)))
    (core instance $m (instantiate $M))
    (func (export "get") (result (tuple u32 (list u32 3) u32))
      (canon lift (core func $m "get") (memory (core memory $m "mem")))))
  (component $Caller
    (import "get" (func $get (result (tuple u32 (list u32 3) u32))))
    (core module $D (memory (export "mem") 1))
    (core instance $d (instantiate $D))
    (core func $get' (canon lower (func $get) (memory (core memory $d "mem"))))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "get" (func $get (param i32)))
      (func (export "word") (param i32) (result i32)
        (call $get (i32.const 32))
        (i32.load (i32.add (i32.const 32) (i32.mul (i32.const 4) (local.get 0))))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $d "mem")) (export "get" (func $get'))))))
    (func (export "word") (param "n" u32) (result u32) (canon lift (core func $m "word"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller (with "get" (func $callee "get"))))
  (func (export "word") (alias export $caller "word")))

(assert_return (invoke "word" (u32.const 0)) (u32.const 0xaa))
(assert_return (invoke "word" (u32.const 1)) (u32.const 1))
(assert_return (invoke "word" (u32.const 2)) (u32.const 2))
(assert_return (invoke "word" (u32.const 3)) (u32.const 3))
(assert_return (invoke "word" (u32.const 4)) (u32.const 0xbb))
