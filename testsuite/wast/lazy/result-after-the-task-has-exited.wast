;; A result that arrives when the task that called has exited has no scope: it stays.
(component
  (component $C
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 8) "hello"))
    (core instance $mem (instantiate $Memory))
    (canon task.return (result string) (memory (core memory $mem "mem")) (core func $return))
    (canon backpressure.inc (core func $inc))
    (core module $M
      (import "" "return" (func $return (param i32 i32)))
      (import "" "inc" (func $inc))
      (func (export "block") (call $inc))
      ;; YIELD
      (func (export "f") (result i32) (i32.const 1))
      (func (export "callback") (param i32 i32 i32) (result i32)
        (call $return (i32.const 8) (i32.const 5))
        (i32.const 0)))
    (core instance $m (instantiate $M (with "" (instance
      (export "return" (func $return)) (export "inc" (func $inc))))))
    (func (export "block") (canon lift (core func $m "block")))
    (func (export "f") async (result string)
      (canon lift (core func $m "f") async (callback (core func $m "callback"))
        (memory (core memory $mem "mem")))))
  (component $Caller
    (import "c" (instance $c (export "block" (func))
      (export "f" (func async (result string)))))
    (core module $Memory
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $c "f") (memory (core memory $mem "mem")) lazy async (core func $f))
    (canon lower (func $c "block") (core func $block))
    (canon waitable-set.new (core func $new))
    (canon waitable.join (core func $join))
    (canon waitable-set.wait (memory (core memory $mem "mem")) (core func $wait))
    (canon subtask.cancel (core func $cancel))
    (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "f" (func $f (param i32) (result i32)))
      (import "" "new" (func $new (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (import "" "wait" (func $wait (param i32 i32) (result i32)))
      (import "" "block" (func $block))
      (import "" "cancel" (func $cancel (param i32) (result i32)))
      (import "" "lower" (func $lower (param i32 i32)))
      (global $task (mut i32) (i32.const 0))
      (func $wait-for-it (param $status i32) (local $set i32)
        ;; RETURNED is 2
        (if (i32.eq (local.get $status) (i32.const 2)) (then (return)))
        (local.set $set (call $new))
        (call $join (i32.shr_u (local.get $status) (i32.const 4)) (local.get $set))
        (drop (call $wait (local.get $set) (i32.const 96))))
      (func $use (result i32)
        (call $lower (i32.load (i32.const 40)) (i32.const 64))
        (i32.add (i32.mul (i32.load (i32.const 44)) (i32.const 1000)) (i32.load8_u (i32.const 68))))

      (func (export "run") (result i32)
        (global.set $task (call $f (i32.const 40)))
        ;; the result may be there at once, and goes with this task then
        (i32.eq (global.get $task) (i32.const 2)))
      (func (export "later") (result i32)
        (if (i32.eq (global.get $task) (i32.const 2)) (then (return (i32.const 5111))))
        (call $wait-for-it (global.get $task))
        (call $use)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "f" (func $f))
      (export "new" (func $new)) (export "join" (func $join)) (export "wait" (func $wait))
      (export "block" (func $block)) (export "cancel" (func $cancel)) (export "lower" (func $lower))))))
    (func (export "run") (result u32) (canon lift (core func $m "run")))
    (func (export "later") async (result u32) (canon lift (core func $m "later"))))
  (instance $c (instantiate $C))
  (instance $caller (instantiate $Caller (with "c" (instance $c))))
  (export "run" (func $caller "run"))
  (export "later" (func $caller "later")))

(invoke "run")
(assert_return (invoke "later") (u32.const 5111))
