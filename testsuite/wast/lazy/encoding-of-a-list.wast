;; The encoding does not matter for a list; the strings inside get that of the value.lower that takes
;; the list.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (list string))
  (canon value.lower $t (memory (core memory $mem "mem")) string-encoding=utf16 (core func $list))
  (canon value.lower string (memory (core memory $mem "mem")) string-encoding=utf16 (core func $string))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "list" (func $list (param i32 i32)))
    (import "" "string" (func $string (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i32)
      (call $list (local.get $i) (i32.const 0))
      (call $string (i32.load (i32.const 0)) (i32.const 16))
      (i32.load (i32.const 16))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "list" (func
    $list)) (export "string" (func $string))))))
  (func (export "f") (param "l" $t) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "f" (list.const (str.const "ab"))) (u32.const 0x00620061))
