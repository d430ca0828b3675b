;; CM#668
;; An async function may wait for ever, which is a deadlock. That a synchronous task must not block
;; is another trap, of functions whose type is not async: a script that made its functions async
;; went on expecting it.
;; definitions.py: canon_lift, Store.tick
;; Holds from: 7479890
(component definition $C
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "mem" (core memory $mem))
  (canon waitable-set.new (core func $set-new))
  (canon waitable-set.wait (memory (core memory $mem)) (core func $wait))
  (canon waitable-set.poll (memory (core memory $mem)) (core func $poll))
  (core module $M
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "wait" (func $wait (param i32 i32) (result i32)))
    (import "" "poll" (func $poll (param i32 i32) (result i32)))
    (func (export "wait") (drop (call $wait (call $set-new) (i32.const 0))))
    (func (export "poll") (result i32) (call $poll (call $set-new) (i32.const 0)))
    ;; WAIT is 2
    (func (export "wait-by-callback") (result i32)
      (i32.or (i32.const 2) (i32.shl (call $set-new) (i32.const 4))))
    (func (export "callback") (param i32 i32 i32) (result i32) unreachable))
  (core instance $m (instantiate $M (with "" (instance
    (export "set-new" (func $set-new)) (export "wait" (func $wait))
    (export "poll" (func $poll))))))
  (func (export "poll") (result u32) (canon lift (core func $m "poll")))
  (func (export "sync-wait") (canon lift (core func $m "wait")))
  (func (export "async-wait") async (canon lift (core func $m "wait")))
  (func (export "callback-wait") async
    (canon lift (core func $m "wait-by-callback") async (callback (core func $m "callback")))))

(component instance $i $C)
(assert_return (invoke "poll") (u32.const 0))
(assert_trap (invoke "sync-wait") "cannot block synchronous task")
(component instance $i $C)
(assert_trap (invoke "async-wait") "deadlock")
(component instance $i $C)
(assert_trap (invoke "callback-wait") "deadlock")
