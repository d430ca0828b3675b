;; WT#13690, CM#647
;;
;; A synchronous cancel of a subtask that has not even started traps, too, while the subtask is
;; in a waitable set.
;;
;; WT#13690, CM#647: the check stood where a call blocks, and a subtask that has not started is
;; cancelled at once. It answered CANCELLED_BEFORE_STARTED.
;; Decided by CanonicalABI.md, "canon subtask.cancel", since c0731a3 (2026-05-11) of
;; WebAssembly/component-model.
;; Holds from: c0731a3
(component definition $D
  (component $Callee
    (canon backpressure.inc (core func $backpressure-inc))
    (core module $M
      (import "" "backpressure-inc" (func $backpressure-inc))
      (func (export "close") (call $backpressure-inc))
      (func (export "never") (result i32) (unreachable))
      (func (export "callback") (param i32 i32 i32) (result i32) (unreachable)))
    (core instance $m (instantiate $M (with "" (instance
      (export "backpressure-inc" (func $backpressure-inc))))))
    (func (export "close") (canon lift (core func $m "close")))
    (func (export "never") async
      (canon lift (core func $m "never") async (callback (core func $m "callback")))))
  (component $Caller
    (import "close" (func $close))
    (import "never" (func $never async))
    (core module $Memory (memory (export "mem") 1))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $close) (core func $close'))
    (canon lower (func $never) async (memory (core memory $mem "mem")) (core func $never'))
    (canon subtask.cancel (core func $cancel))
    (canon waitable-set.new (core func $set-new))
    (canon waitable.join (core func $join))
    (core module $M
      (import "" "close'" (func $close'))
      (import "" "never'" (func $never' (result i32)))
      (import "" "cancel" (func $cancel (param i32) (result i32)))
      (import "" "set-new" (func $set-new (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (func $is (param $want i32) (param $got i32)
        (if (i32.ne (local.get $want) (local.get $got)) (then (unreachable))))
      (func $start (result i32) (local $packed i32)
        (call $close')
        (local.set $packed (call $never'))
        (call $is (i32.const 0 (; STARTING ;)) (i32.and (local.get $packed) (i32.const 15)))
        (i32.shr_u (local.get $packed) (i32.const 4)))
      (func (export "in-a-set") (result i32) (local $subtask i32)
        (local.set $subtask (call $start))
        (call $join (local.get $subtask) (call $set-new))
        (call $cancel (local.get $subtask)))
      (func (export "in-no-set") (result i32)
        (call $cancel (call $start))))
    (core instance $m (instantiate $M (with "" (instance
      (export "close'" (func $close')) (export "never'" (func $never'))
      (export "cancel" (func $cancel)) (export "set-new" (func $set-new))
      (export "join" (func $join))))))
    (func (export "in-a-set") async (result u32) (canon lift (core func $m "in-a-set")))
    (func (export "in-no-set") async (result u32) (canon lift (core func $m "in-no-set"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller
    (with "close" (func $callee "close")) (with "never" (func $callee "never"))))
  (export "in-a-set" (func $caller "in-a-set"))
  (export "in-no-set" (func $caller "in-no-set")))

(component instance $i $D)
(assert_return (invoke "in-no-set") (u32.const 3 (; CANCELLED_BEFORE_STARTED ;)))
(component instance $i $D)
(assert_trap (invoke "in-a-set")
  "waitable cannot be used synchronously while added to a waitable set")
