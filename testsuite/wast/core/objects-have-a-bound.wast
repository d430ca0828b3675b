;; Objects live as long as their store, and may take 1 GiB together: more is no trap.
(module
  (type $wide (array (mut i64)))
  (type $pair (struct (field i32) (field (ref null 1))))
  (func (export "array") (param i32) (result i32)
    (array.len (array.new_default $wide (local.get 0))))
  (func (export "filled") (param i32) (result i32)
    (array.len (array.new $wide (i64.const -1) (local.get 0))))
  (func (export "pair") (result i32)
    (struct.get $pair 0 (struct.new $pair (i32.const 3) (ref.null $pair)))))
(assert_exhaustion (invoke "array" (i32.const 0xffffffff)) "object limit")
(assert_exhaustion (invoke "filled" (i32.const 0x20000000)) "object limit")
(assert_return (invoke "array" (i32.const 1000)) (i32.const 1000))
(assert_return (invoke "pair") (i32.const 3))
