;; CM#692
;; A host may ignore a yield: the task that yields then goes on at once. A script may not take for
;; granted that its caller hears of a subtask that has started; it has to wait only where there is
;; one. A script that leans on it: testsuite/cli/run.sh (yield-leaning).
;; definitions.py: Thread.yield_, Thread.wait_until
;; Holds from: 7479890
(component
  (component $Callee
    (canon thread.yield (core func $yield))
    (core module $M
      (import "" "yield" (func $yield (result i32)))
      (func (export "slow") (result i32) (drop (call $yield)) (i32.const 7)))
    (core instance $m (instantiate $M (with "" (instance (export "yield" (func $yield))))))
    (func (export "slow") async (result u32) (canon lift (core func $m "slow"))))
  (component $Caller
    (import "slow" (func $slow async (result u32)))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (alias core export $memory "mem" (core memory $mem))
    (canon lower (func $slow) async (memory (core memory $mem)) (core func $slow'))
    (canon waitable-set.new (core func $set-new))
    (canon waitable-set.wait (memory (core memory $mem)) (core func $wait))
    (canon waitable.join (core func $join))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "slow" (func $slow (param i32) (result i32)))
      (import "" "set-new" (func $set-new (result i32)))
      (import "" "wait" (func $wait (param i32 i32) (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (func (export "run") (result i32)
        (local $state i32) (local $set i32)
        (local.set $state (call $slow (i32.const 64)))
        ;; RETURNED is 2; else there is a subtask, and an event to come
        (if (i32.ne (i32.and (local.get $state) (i32.const 0xf)) (i32.const 2))
          (then
            (local.set $set (call $set-new))
            (call $join (i32.shr_u (local.get $state) (i32.const 4)) (local.get $set))
            (drop (call $wait (local.get $set) (i32.const 0)))))
        (i32.load (i32.const 64))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem)) (export "slow" (func $slow'))
      (export "set-new" (func $set-new)) (export "wait" (func $wait))
      (export "join" (func $join))))))
    (func (export "run") async (result u32) (canon lift (core func $m "run"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller (with "slow" (func $callee "slow"))))
  (func (export "run") (alias export $caller "run")))

(assert_return (invoke "run") (u32.const 7))
