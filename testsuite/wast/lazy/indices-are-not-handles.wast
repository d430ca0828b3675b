;; Lazy values have a table of their own: a handle and a lazy value may have the same number.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (canon waitable-set.new (core func $new))
  (canon waitable-set.drop (core func $drop-set))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (import "" "new" (func $new (result i32)))
    (import "" "drop-set" (func $drop-set (param i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i32) (local $set i32)
      (local.set $set (call $new))
      (if (i32.ne (local.get $set) (local.get $i)) (then (unreachable)))
      (call $drop-set (local.get $set))
      (call $lower (local.get $i) (i32.const 0))
      (i32.load8_u (i32.const 0))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower)) (export "new" (func $new)) (export "drop-set" (func $drop-set))))))
  (func (export "f") (param "s" string) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "f" (str.const "A")) (u32.const 65))
