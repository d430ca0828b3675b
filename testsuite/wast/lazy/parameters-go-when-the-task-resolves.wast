;; The parameters that are left go with task.return, though the task goes on.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (canon task.return (core func $return))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (import "" "return" (func $return))
    (func (export "callback") (param i32 i32 i32) (result i32) unreachable)
    (func (export "f") (param $i i32) (param $n i32) (result i32)
      (call $return)
      (call $lower (local.get $i) (i32.const 0))
      (i32.const 0)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower)) (export "return" (func $return))))))
  (func (export "f") async (param "s" string)
    (canon lift (core func $m "f") async lazy (callback (core func $m "callback")))))

(assert_trap (invoke "f" (str.const "x")) "unknown handle index")
