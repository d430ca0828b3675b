;; CM#726, CM#716
;;
;; subtask.cancel resumes a callback that waits, and nothing else: when it returns, no other task of the
;; instance has run, though one was ready.
;;
;; CM#716: the document let the host run others meanwhile. CM#726: back to what it was, which holds at the
;; pinned commit, too.
;; Decided by CanonicalABI.md, "canon subtask.cancel", since ffcbfde (2025-04-30) of
;; WebAssembly/component-model.
;; Holds from: ffcbfde
(component
  (component $Callee
    (canon task.cancel (core func $cancel))
    (canon task.return (core func $return))
    (canon waitable-set.new (core func $set-new))
    (core module $M
      (import "" "cancel" (func $cancel))
      (import "" "return" (func $return))
      (import "" "set-new" (func $set-new (result i32)))
      (global $ticks (mut i32) (i32.const 0))
      (func (export "wait") (result i32)
        (i32.or (i32.const 2 (; WAIT ;)) (i32.shl (call $set-new) (i32.const 4))))
      (func (export "waited") (param i32 i32 i32) (result i32)
        (if (i32.ne (i32.const 6 (; TASK_CANCELLED ;)) (local.get 0)) (then (unreachable)))
        (call $cancel)
        (i32.const 0 (; EXIT ;)))
      (func (export "tick") (result i32) (call $return) (i32.const 1 (; YIELD ;)))
      (func (export "ticked") (param i32 i32 i32) (result i32)
        (global.set $ticks (i32.add (global.get $ticks) (i32.const 1)))
        (i32.const 0 (; EXIT ;)))
      (func (export "ticks") (result i32) (global.get $ticks)))
    (core instance $m (instantiate $M (with "" (instance
      (export "cancel" (func $cancel)) (export "return" (func $return))
      (export "set-new" (func $set-new))))))
    (func (export "wait") async
      (canon lift (core func $m "wait") async (callback (core func $m "waited"))))
    (func (export "tick") async
      (canon lift (core func $m "tick") async (callback (core func $m "ticked"))))
    (func (export "ticks") (result u32) (canon lift (core func $m "ticks"))))
  (component $Caller
    (import "wait" (func $wait async))
    (import "tick" (func $tick async))
    (import "ticks" (func $ticks (result u32)))
    (core func $wait' (canon lower (func $wait) async))
    (core func $tick' (canon lower (func $tick) async))
    (core func $ticks' (canon lower (func $ticks)))
    (canon subtask.cancel async (core func $cancel))
    (core module $M
      (import "" "wait" (func $wait (result i32)))
      (import "" "tick" (func $tick (result i32)))
      (import "" "ticks" (func $ticks (result i32)))
      (import "" "cancel" (func $cancel (param i32) (result i32)))
      (func (export "run") (result i32) (local $task i32) (local $before i32) (local $state i32)
        (local.set $task (i32.shr_u (call $wait) (i32.const 4)))
        (drop (call $tick))
        (local.set $before (call $ticks))
        (local.set $state (call $cancel (local.get $task)))
        (if (i32.ne (local.get $before) (call $ticks)) (then (unreachable)))
        (local.get $state)))
    (core instance $m (instantiate $M (with "" (instance
      (export "wait" (func $wait')) (export "tick" (func $tick')) (export "ticks" (func $ticks'))
      (export "cancel" (func $cancel))))))
    (func (export "run") async (result u32) (canon lift (core func $m "run"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller
    (with "wait" (func $callee "wait")) (with "tick" (func $callee "tick"))
    (with "ticks" (func $callee "ticks"))))
  (func (export "run") (alias export $caller "run")))

(assert_return (invoke "run") (u32.const 4 (; CANCELLED_BEFORE_RETURNED ;)))
