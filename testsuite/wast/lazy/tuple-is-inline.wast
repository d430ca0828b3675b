;; A tuple that fits stays inline.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (param $b i32) (result i32)
      (call $lower (local.get $i) (i32.const 8))
      (i32.add (i32.add (local.get $n) (local.get $b)) (i32.load8_u (i32.const 8)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower))))))
  (func (export "f") (param "t" (tuple string u32)) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "f" (tuple.const (str.const "\07") (u32.const 100))) (u32.const 108))
