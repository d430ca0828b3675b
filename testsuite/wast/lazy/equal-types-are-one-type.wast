;; Types are compared by their structure, not by the definition that is named.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $a (list u32))
  (type $b (list u32))
  (canon value.lower $b (memory (core memory $mem "mem")) (core func $list))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "list" (func $list (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i32)
      (call $list (local.get $i) (i32.const 0))
      (i32.load (i32.const 0))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "list" (func
    $list))))))
  (func (export "f") (param "l" $a) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "f" (list.const (u32.const 77))) (u32.const 77))
