;; The payload of a variant is an index where it is a string, and zero where there is none.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (func (export "f") (param $case i32) (param $i i32) (param $n i32) (result i32)
      (if (result i32) (local.get $case)
        (then (call $lower (local.get $i) (i32.const 8)) (i32.load8_u (i32.const 8)))
        (else (i32.add (local.get $i) (local.get $n))))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower))))))
  (func (export "f") (param "o" (option string)) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "f" (option.some (str.const "A"))) (u32.const 65))
(assert_return (invoke "f" (option.none)) (u32.const 0))
