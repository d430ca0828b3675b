;; Cases join their slots: an index where a case has a string, a number where another has one.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (func (export "f") (param $case i32) (param $i i64) (param $n i32) (result i64)
      (if (result i64) (local.get $case)
        (then (call $lower (i32.wrap_i64 (local.get $i)) (i32.const 8)) (i64.load8_u (i32.const 8)))
        (else (local.get $i)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower))))))
  (func (export "f") (param "r" (result u64 (error string))) (result u64)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "f" (result.ok (u64.const 0x123456789a))) (u64.const 0x123456789a))
(assert_return (invoke "f" (result.err (str.const "B"))) (u64.const 66))
