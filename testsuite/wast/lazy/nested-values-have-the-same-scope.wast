;; What a value leaves behind when it is lowered has the scope that it had: it goes when the task
;; resolves.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (list string))
  (canon value.lower $t (memory (core memory $mem "mem")) (core func $list))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $string))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "list" (func $list (param i32 i32)))
    (import "" "string" (func $string (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i32)
      (call $list (local.get $i) (i32.const 0))
      (i32.load (i32.const 0)))
    (func (export "g") (result i32)
      (call $string (i32.load (i32.const 0)) (i32.const 16))
      (i32.const 0)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "list" (func
    $list)) (export "string" (func $string))))))
  (func (export "f") (param "l" $t) (result u32)
    (canon lift (core func $m "f") lazy))
  (func (export "g") (result u32)
    (canon lift (core func $m "g"))))

(invoke "f" (list.const (str.const "x")))
(assert_trap (invoke "g") "unknown handle index")
