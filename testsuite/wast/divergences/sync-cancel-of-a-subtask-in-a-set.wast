;; WT#13690, CM#647
;;
;; A synchronous cancel of a subtask traps while the subtask is in a waitable set, even where the
;; callee can be cancelled at once.
;;
;; WT#13690, CM#647: the check stood where a call blocks, and a cancel that is done at once never
;; got there. It answered CANCELLED_BEFORE_RETURNED.
;; Decided by CanonicalABI.md, "canon subtask.cancel", since c0731a3 (2026-05-11) of
;; WebAssembly/component-model.
;; Holds from: c0731a3
(component definition $D
  (component $Callee
    (canon task.cancel (core func $task-cancel))
    (canon waitable-set.new (core func $set-new))
    (core module $M
      (import "" "task-cancel" (func $task-cancel))
      (import "" "set-new" (func $set-new (result i32)))
      (func (export "waits") (result i32)
        (i32.or (i32.const 2 (; WAIT ;)) (i32.shl (call $set-new) (i32.const 4))))
      (func (export "cancelled") (param $code i32) (param i32 i32) (result i32)
        (if (i32.ne (local.get $code) (i32.const 6 (; TASK_CANCELLED ;))) (then (unreachable)))
        (call $task-cancel)
        (i32.const 0 (; EXIT ;))))
    (core instance $m (instantiate $M (with "" (instance
      (export "task-cancel" (func $task-cancel)) (export "set-new" (func $set-new))))))
    (func (export "waits") async
      (canon lift (core func $m "waits") async (callback (core func $m "cancelled")))))
  (component $Caller
    (import "waits" (func $waits async))
    (core module $Memory (memory (export "mem") 1))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $waits) async (memory (core memory $mem "mem")) (core func $waits'))
    (canon subtask.cancel (core func $cancel))
    (canon waitable-set.new (core func $set-new))
    (canon waitable.join (core func $join))
    (core module $M
      (import "" "waits'" (func $waits' (result i32)))
      (import "" "cancel" (func $cancel (param i32) (result i32)))
      (import "" "set-new" (func $set-new (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (func $is (param $want i32) (param $got i32)
        (if (i32.ne (local.get $want) (local.get $got)) (then (unreachable))))
      (func $start (result i32) (local $packed i32)
        (local.set $packed (call $waits'))
        (call $is (i32.const 1 (; STARTED ;)) (i32.and (local.get $packed) (i32.const 15)))
        (i32.shr_u (local.get $packed) (i32.const 4)))
      (func (export "in-a-set") (result i32) (local $subtask i32)
        (local.set $subtask (call $start))
        (call $join (local.get $subtask) (call $set-new))
        (call $cancel (local.get $subtask)))
      (func (export "out-of-its-set") (result i32) (local $subtask i32)
        (local.set $subtask (call $start))
        (call $join (local.get $subtask) (call $set-new))
        (call $join (local.get $subtask) (i32.const 0))
        (call $cancel (local.get $subtask))))
    (core instance $m (instantiate $M (with "" (instance
      (export "waits'" (func $waits')) (export "cancel" (func $cancel))
      (export "set-new" (func $set-new)) (export "join" (func $join))))))
    (func (export "in-a-set") async (result u32) (canon lift (core func $m "in-a-set")))
    (func (export "out-of-its-set") async (result u32)
      (canon lift (core func $m "out-of-its-set"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller (with "waits" (func $callee "waits"))))
  (export "in-a-set" (func $caller "in-a-set"))
  (export "out-of-its-set" (func $caller "out-of-its-set")))

(component instance $i $D)
(assert_return (invoke "out-of-its-set") (u32.const 4 (; CANCELLED_BEFORE_RETURNED ;)))
(component instance $i $D)
(assert_trap (invoke "in-a-set")
  "waitable cannot be used synchronously while added to a waitable set")
