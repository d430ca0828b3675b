;; An asynchronous call returns at once: what it gives is there.
(component
  (component $C
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 8) "\10\00\00\00\02\00\00\00")
      (data (i32.const 16) "\20\00\00\00\03\00\00\00\23\00\00\00\05\00\00\00onethree"))
    (core instance $mem (instantiate $Memory))
    (canon task.return (result (list string)) (memory (core memory $mem "mem")) (core func $return))
    (canon task.cancel (core func $cancel))
    (canon backpressure.inc (core func $inc))
    (canon backpressure.dec (core func $dec))
    (core module $M
      (import "" "return" (func $return (param i32 i32)))
      (import "" "cancel" (func $cancel))
      (import "" "inc" (func $inc))
      (import "" "dec" (func $dec))
      (global $told (mut i32) (i32.const 0))
      (func (export "block") (call $inc))
      (func (export "unblock") (call $dec))
      (func (export "tell") (global.set $told (i32.const 1)))
      (func (export "now") (result i32)
        (call $return (i32.const 16) (i32.const 2))
        (i32.const 0))
      ;; YIELD, until it is told to return, or asked to cancel
      (func (export "later") (result i32) (i32.const 1))
      (func (export "callback") (param i32 i32 i32) (result i32)
        (if (global.get $told)
          (then (call $return (i32.const 16) (i32.const 2)) (return (i32.const 0))))
        (if (i32.eq (local.get 0) (i32.const 6)) ;; TASK_CANCELLED
          (then (call $cancel) (return (i32.const 0))))
        (i32.const 1)))
    (core instance $m (instantiate $M (with "" (instance
      (export "return" (func $return)) (export "cancel" (func $cancel))
      (export "inc" (func $inc)) (export "dec" (func $dec))))))
    (func (export "block") (canon lift (core func $m "block")))
    (func (export "unblock") (canon lift (core func $m "unblock")))
    (func (export "tell") (canon lift (core func $m "tell")))
    (func (export "now") async (result (list string))
      (canon lift (core func $m "now") async (callback (core func $m "callback"))
        (memory (core memory $mem "mem"))))
    (func (export "later") async (result (list string))
      (canon lift (core func $m "later") async (callback (core func $m "callback"))
        (memory (core memory $mem "mem")))))
  (component $Caller
    (import "c" (instance $c
      (export "now" (func async (result (list string))))))
    (core module $Memory
      (memory (export "mem") 1)
      (global $free (mut i32) (i32.const 1024))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
        (local.set $at (i32.and (i32.sub (i32.add (global.get $free) (local.get 2)) (i32.const 1))
          (i32.sub (i32.const 0) (local.get 2))))
        (global.set $free (i32.add (local.get $at) (local.get 3)))
        (local.get $at)))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $c "now") async (memory (core memory $mem "mem"))
      (realloc (core func $mem "realloc")) (core func $now))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "now" (func $now (param i32) (result i32)))
      ;; the list ["one", "three"] that is pointed to from an address: where "three" is
      (func $check (param $at i32) (result i32)
        (if (i32.ne (i32.load offset=4 (local.get $at)) (i32.const 2)) (then (unreachable)))
        (local.set $at (i32.load (local.get $at)))
        (if (i32.ne (i32.load offset=4 (local.get $at)) (i32.const 3)) (then (unreachable)))
        (if (i32.ne (i32.load offset=12 (local.get $at)) (i32.const 5)) (then (unreachable)))
        (if (i32.ne (i32.load16_u (i32.load (local.get $at))) (i32.const 0x6e6f)) (then (unreachable)))
        (local.set $at (i32.load offset=8 (local.get $at)))
        (if (i32.ne (i32.load (local.get $at)) (i32.const 0x65726874)) (then (unreachable)))
        (local.get $at))
      (func (export "run") (result i32)
        ;; RETURNED is 2
        (if (i32.ne (call $now (i32.const 40)) (i32.const 2)) (then (unreachable)))
        (call $check (i32.const 40))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "now" (func $now))))))
    (func (export "run") async (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $caller (instantiate $Caller (with "c" (instance $c))))
  (export "run" (func $caller "run")))

(assert_return (invoke "run") (u32.const 1043))
