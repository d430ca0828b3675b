;; CM#725
;;
;; task.cancel traps until the task was told of its cancellation, even if its caller has asked for it.
;;
;; CM#725: a runtime took the request for enough.
;; Decided by CanonicalABI.md, "Task State" (`Task.cancel`), since ffcbfde (2025-04-30) of
;; WebAssembly/component-model.
;; Holds from: ffcbfde
(component
  (component $Callee
    (type $F (future))
    (canon future.read $F (core func $read))
    (canon task.cancel (core func $cancel))
    (core module $M
      (import "" "read" (func $read (param i32 i32) (result i32)))
      (import "" "cancel" (func $cancel))
      (func (export "f") (param i32)
        (drop (call $read (local.get 0) (i32.const 0)))
        (call $cancel)))
    (core instance $m (instantiate $M (with "" (instance
      (export "read" (func $read)) (export "cancel" (func $cancel))))))
    (func (export "f") async (param "x" $F) (canon lift (core func $m "f") async)))
  (component $Caller
    (type $F (future))
    (import "f" (func $f async (param "x" $F)))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (canon future.new $F (core func $new))
    (canon future.write $F async (core func $write))
    (canon subtask.cancel async (core func $cancel))
    (canon waitable-set.new (core func $set-new))
    (canon waitable-set.wait (memory (core memory $memory "mem")) (core func $wait))
    (canon waitable.join (core func $join))
    (core func $f' (canon lower (func $f) async (memory (core memory $memory "mem"))))
    (core module $M
      (import "" "new" (func $new (result i64)))
      (import "" "write" (func $write (param i32 i32) (result i32)))
      (import "" "cancel" (func $cancel (param i32) (result i32)))
      (import "" "set-new" (func $set-new (result i32)))
      (import "" "wait" (func $wait (param i32 i32) (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (import "" "f" (func $f (param i32) (result i32)))
      (func (export "run") (local $ends i64) (local $task i32) (local $set i32)
        (local.set $ends (call $new))
        (local.set $task (call $f (i32.wrap_i64 (local.get $ends))))
        (if (i32.ne (i32.const 1 (; STARTED ;)) (i32.and (local.get $task) (i32.const 15)))
          (then (unreachable)))
        (local.set $task (i32.shr_u (local.get $task) (i32.const 4)))
        (if (i32.ne (i32.const -1 (; BLOCKED ;)) (call $cancel (local.get $task)))
          (then (unreachable)))
        (drop (call $write (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))
          (i32.const 0)))
        (local.set $set (call $set-new))
        (call $join (local.get $task) (local.get $set))
        (drop (call $wait (local.get $set) (i32.const 0)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "new" (func $new)) (export "write" (func $write)) (export "cancel" (func $cancel))
      (export "set-new" (func $set-new)) (export "wait" (func $wait)) (export "join" (func $join))
      (export "f" (func $f'))))))
    (func (export "run") async (canon lift (core func $m "run"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller (with "f" (func $callee "f"))))
  (func (export "run") (alias export $caller "run")))

(assert_trap (invoke "run") "`task.cancel` called by task which has not been cancelled")
