;; WT#11781
;;
;; A task with a callback may wait for a set in the middle of its callback; it need not return to wait.
;;
;; WT#11781: such a wait trapped, by a rule that the document had no more.
;; Decided by CanonicalABI.md, "canon waitable-set.wait", since fe659df (2024-12-09) of
;; WebAssembly/component-model.
;; Holds from: fe659df
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "mem" (core memory $mem))
  (type $F (future))
  (canon future.new $F (core func $new))
  (canon future.read $F async (core func $read))
  (canon future.write $F async (core func $write))
  (canon waitable-set.new (core func $set-new))
  (canon waitable-set.wait (memory $mem) (core func $wait))
  (canon waitable.join (core func $join))
  (canon task.return (result u32) (core func $return))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32) (result i32)))
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "wait" (func $wait (param i32 i32) (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "return" (func $return (param i32)))
    (func (export "f") (result i32) (i32.const 1 (; YIELD ;)))
    (func (export "callback") (param i32 i32 i32) (result i32)
      (local $ends i64) (local $set i32)
      (local.set $ends (call $new))
      (local.set $set (call $set-new))
      (if (i32.ne (i32.const -1 (; BLOCKED ;))
            (call $read (i32.wrap_i64 (local.get $ends)) (i32.const 0)))
        (then (unreachable)))
      (call $join (i32.wrap_i64 (local.get $ends)) (local.get $set))
      (drop (call $write (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))) (i32.const 0)))
      (call $return (call $wait (local.get $set) (i32.const 0)))
      (i32.const 0 (; EXIT ;))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "read" (func $read)) (export "write" (func $write))
    (export "set-new" (func $set-new)) (export "wait" (func $wait)) (export "join" (func $join))
    (export "return" (func $return))))))
  (func (export "f") async (result u32)
    (canon lift (core func $m "f") async (callback (core func $m "callback")))))

(assert_return (invoke "f") (u32.const 4 (; FUTURE_READ ;)))
