;; WT#13985
;; A list of fixed length that is loaded from memory is a list, as one of flat values is, and no
;; tuple.
;; definitions.py: load_list, load_list_from_valid_range
;; Holds from: 3ed572f
(component
  (core module $M
    (memory (export "mem") 1)
    (data (i32.const 16) "\01\02\03")
    (func (export "get") (result i32) (i32.const 16))
    (func (export "one") (result i32) (i32.const 7)))
  (core instance $m (instantiate $M))
  (func (export "list") (result (list u8 3))
    (canon lift (core func $m "get") (memory (core memory $m "mem"))))
  (func (export "flat") (result (list u8 1)) (canon lift (core func $m "one")))
  (func (export "tuple") (result (tuple u8 u8 u8))
    (canon lift (core func $m "get") (memory (core memory $m "mem")))))

(assert_return (invoke "list") (list.const (u8.const 1) (u8.const 2) (u8.const 3)))
(assert_return (invoke "flat") (list.const (u8.const 7)))
(assert_return (invoke "tuple") (tuple.const (u8.const 1) (u8.const 2) (u8.const 3)))
