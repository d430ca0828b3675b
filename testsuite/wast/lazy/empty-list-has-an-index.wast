;; A list without elements still gets an index.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (list u64))
  (canon value.lower $t (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i32)
      (call $lower (local.get $i) (i32.const 8))
      (local.get $n))
    (func (export "index") (param i32 i32) (result i32) (local.get 0))
    (func (export "length") (param i32 i32) (result i32) (local.get 1)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower))))))
  (func (export "index") (param "l" (list u64)) (result u32)
    (canon lift (core func $m "index") lazy))
  (func (export "f") (param "l" (list u64)) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "index" (list.const)) (u32.const 1))
(assert_return (invoke "f" (list.const)) (u32.const 0))
