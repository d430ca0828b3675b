;; A list of inline elements is one lazy value.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (list u16))
  (canon value.lower $t (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i64)
      (call $lower (local.get $i) (i32.const 64))
      (i64.load (i32.const 64)))
    (func (export "index") (param i32 i32) (result i32) (local.get 0))
    (func (export "length") (param i32 i32) (result i32) (local.get 1)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower))))))
  (func (export "f") (param "l" (list u16)) (result u64)
    (canon lift (core func $m "f") lazy))
  (func (export "length") (param "l" (list u16)) (result u32)
    (canon lift (core func $m "length") lazy)))

(assert_return (invoke "f" (list.const (u16.const 1) (u16.const 2) (u16.const 3))) (u64.const 0x300020001))
(assert_return (invoke "length" (list.const (u16.const 1) (u16.const 2) (u16.const 3))) (u32.const 3))
