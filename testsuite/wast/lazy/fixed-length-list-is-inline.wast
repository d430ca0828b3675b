;; A list of fixed length stays inline; the strings in it are lazy.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (param $j i32) (param $m i32) (result i32)
      (call $lower (local.get $j) (i32.const 8))
      (call $lower (local.get $i) (i32.const 10))
      (i32.load (i32.const 8))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower))))))
  (func (export "f") (param "l" (list string 2)) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "f" (list.const (str.const "ab") (str.const "cd"))) (u32.const 0x62616463))
