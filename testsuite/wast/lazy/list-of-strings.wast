;; The strings inside a lowered list become lazy values of their own, each with its length.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (list string))
  (canon value.lower $t (memory (core memory $mem "mem")) (core func $lower))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $string))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (import "" "string" (func $string (param i32 i32)))
    (func (export "lengths") (param $i i32) (param $n i32) (result i32)
      (call $lower (local.get $i) (i32.const 8))
      (i32.add (i32.mul (i32.load (i32.const 12)) (i32.const 10)) (i32.load (i32.const 20))))
    (func (export "text") (param $i i32) (param $n i32) (result i32)
      (call $lower (local.get $i) (i32.const 8))
      (call $string (i32.load (i32.const 16)) (i32.const 100))
      (call $string (i32.load (i32.const 8)) (i32.const 102))
      (i32.load (i32.const 100))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower)) (export "string" (func $string))))))
  (func (export "lengths") (param "l" (list string)) (result u32)
    (canon lift (core func $m "lengths") lazy))
  (func (export "text") (param "l" (list string)) (result u32)
    (canon lift (core func $m "text") lazy)))

(assert_return (invoke "lengths" (list.const (str.const "a") (str.const "bcd"))) (u32.const 13))
(assert_return (invoke "text" (list.const (str.const "ab") (str.const "cd"))) (u32.const 0x62616463))
