;; A list inside of a list waits until it is asked for, down to any depth.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $v (list u8)) (type $u (list $v)) (type $t (list $u))
  (canon value.lower $t (memory (core memory $mem "mem")) (core func $outer))
  (canon value.lower $u (memory (core memory $mem "mem")) (core func $middle))
  (canon value.lower $v (memory (core memory $mem "mem")) (core func $inner))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "outer" (func $outer (param i32 i32)))
    (import "" "middle" (func $middle (param i32 i32)))
    (import "" "inner" (func $inner (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i32)
      (call $outer (local.get $i) (i32.const 8))
      (call $middle (i32.load (i32.const 8)) (i32.const 16))
      (call $inner (i32.load (i32.const 24)) (i32.const 32))
      (i32.load (i32.const 32))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "outer"
    (func $outer)) (export "middle" (func $middle)) (export "inner" (func $inner))))))
  (func (export "f") (param "l" $t) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "f" (list.const (list.const (list.const (u8.const 9)) (list.const (u8.const 1) (u8.const 2) (u8.const 3) (u8.const 4))))) (u32.const 0x04030201))
