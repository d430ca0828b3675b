;; The index of a handle is none of a lazy value.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (canon waitable-set.new (core func $new))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (import "" "new" (func $new (result i32)))
    (func (export "f") (param $n i32) (result i32)
      (call $lower (call $new) (i32.const 0))
      (i32.const 0)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower)) (export "new" (func $new))))))
  (func (export "f") (param "n" u32) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_trap (invoke "f" (u32.const 1)) "unknown handle index")
