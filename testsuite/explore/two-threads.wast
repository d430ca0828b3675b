;; Two tasks that yield, in one instance. Each appends its digit when it starts and once more when
;; it goes on; which of the two goes on first is open, and a host may ignore a yield. So the
;; assertion leans on a choice, as it is meant to here: canon explore has to find all outcomes.
(component
  (component $Callee
    (core module $M
      (import "" "return" (func $return))
      (global $log (mut i32) (i32.const 0))
      (func $append (param i32)
        (global.set $log
          (i32.add (i32.mul (global.get $log) (i32.const 10)) (local.get 0))))
      (func (export "one") (result i32)
        (call $append (i32.const 1)) (i32.const 1 (; YIELD ;)))
      (func (export "one-goes-on") (param i32 i32 i32) (result i32)
        (call $append (i32.const 1)) (call $return) (i32.const 0 (; EXIT ;)))
      (func (export "two") (result i32)
        (call $append (i32.const 2)) (i32.const 1 (; YIELD ;)))
      (func (export "two-goes-on") (param i32 i32 i32) (result i32)
        (call $append (i32.const 2)) (call $return) (i32.const 0 (; EXIT ;)))
      (func (export "log") (result i32) (global.get $log)))
    (core func $return (canon task.return))
    (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
    (func (export "one") async (canon lift (core func $m "one") async
      (callback (core func $m "one-goes-on"))))
    (func (export "two") async (canon lift (core func $m "two") async
      (callback (core func $m "two-goes-on"))))
    (func (export "log") (result u32) (canon lift (core func $m "log"))))
  (component $Caller
    (import "callee" (instance $callee
      (export "one" (func async))
      (export "two" (func async))
      (export "log" (func (result u32)))))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (core module $M
      (import "" "one" (func $one (result i32)))
      (import "" "two" (func $two (result i32)))
      (import "" "log" (func $log (result i32)))
      (import "" "new" (func $new (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (import "" "wait" (func $wait (param i32 i32) (result i32)))
      ;; Joins a subtask that has not returned; gives back how many those are.
      (func $watch (param $state i32) (param $set i32) (result i32)
        (if (result i32) (i32.eq (i32.and (local.get $state) (i32.const 15)) (i32.const 2))
          (then (i32.const 0))
          (else
            (call $join (i32.shr_u (local.get $state) (i32.const 4)) (local.get $set))
            (i32.const 1))))
      (func (export "run") (result i32)
        (local $set i32) (local $open i32)
        (local.set $set (call $new))
        (local.set $open (call $watch (call $one) (local.get $set)))
        (local.set $open
          (i32.add (call $watch (call $two) (local.get $set)) (local.get $open)))
        (block $done
          (loop $more
            (br_if $done (i32.eqz (local.get $open)))
            (drop (call $wait (local.get $set) (i32.const 0)))
            (local.set $open (i32.sub (local.get $open) (i32.const 1)))
            (br $more)))
        (call $log)))
    (core func $one (canon lower (func $callee "one") async (memory (core memory $memory "mem"))))
    (core func $two (canon lower (func $callee "two") async (memory (core memory $memory "mem"))))
    (core func $log (canon lower (func $callee "log")))
    (core func $new (canon waitable-set.new))
    (core func $join (canon waitable.join))
    (core func $wait (canon waitable-set.wait (memory (core memory $memory "mem"))))
    (core instance $m (instantiate $M (with "" (instance
      (export "one" (func $one)) (export "two" (func $two)) (export "log" (func $log))
      (export "new" (func $new)) (export "join" (func $join)) (export "wait" (func $wait))))))
    (func (export "run") async (result u32) (canon lift (core func $m "run"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller (with "callee" (instance $callee))))
  (export "run" (func $caller "run")))

(assert_return (invoke "run") (u32.const 1212))
