;; Until then they are there, over any number of events.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (canon task.return (result u32) (core func $return))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (import "" "return" (func $return (param i32)))
    (global $i (mut i32) (i32.const 0))
    (global $turns (mut i32) (i32.const 0))
    (func (export "f") (param $i i32) (param $n i32) (result i32)
      (global.set $i (local.get $i))
      ;; YIELD
      (i32.const 1))
    (func (export "callback") (param i32 i32 i32) (result i32)
      (global.set $turns (i32.add (global.get $turns) (i32.const 1)))
      (if (i32.lt_u (global.get $turns) (i32.const 3)) (then (return (i32.const 1))))
      (call $lower (global.get $i) (i32.const 0))
      (call $return (i32.load8_u (i32.const 0)))
      (i32.const 0)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower)) (export "return" (func $return))))))
  (func (export "f") async (param "s" string) (result u32)
    (canon lift (core func $m "f") async lazy (callback (core func $m "callback")))))

(assert_return (invoke "f" (str.const "A")) (u32.const 65))
