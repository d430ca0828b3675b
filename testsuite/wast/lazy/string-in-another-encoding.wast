;; A string is lowered in the encoding that its length was counted in.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.lower string (memory (core memory $mem "mem")) string-encoding=utf16 (core func $wide))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "wide" (func $wide (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i32)
      (call $wide (local.get $i) (i32.const 0))
      (i32.const 0)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "wide" (func
    $wide))))))
  (func (export "f") (param "s" string) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_trap (invoke "f" (str.const "x")) "lazy value of another encoding")
