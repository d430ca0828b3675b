;; The type is checked before the destination is.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (list u64))
  (canon value.lower $t (memory (core memory $mem "mem")) (core func $list))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "list" (func $list (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i32)
      (call $list (local.get $i) (i32.const 65537))
      (i32.const 0)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "list" (func
    $list))))))
  (func (export "f") (param "s" string) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_trap (invoke "f" (str.const "x")) "lazy value of another type")
