;; WT#14117, WT#14146
;;
;; While a synchronous function blocks, only threads of its own instance may go on. Where there is none, it
;; traps, though another instance has a thread that is ready.
;;
;; WT#14117, WT#14146: the thread of the other instance was resumed.
;; Decided by CanonicalABI.md, "canon lift", since 6be2295 (2026-08-11) of WebAssembly/component-model,
;; whose test/ has it, too.
;; Holds from: 6be2295
(component
  (component $Ready
    (canon task.return (core func $return))
    (core module $M
      (import "" "return" (func $return))
      (func (export "f") (result i32) (call $return) (i32.const 1 (; YIELD ;)))
      ;; it is never resumed in the call of "block"
      (func (export "callback") (param i32 i32 i32) (result i32) (i32.const 1 (; YIELD ;))))
    (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
    (func (export "f") async
      (canon lift (core func $m "f") async (callback (core func $m "callback")))))
  (component $Blocks
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (canon waitable-set.new (core func $set-new))
    (canon waitable-set.wait (memory (core memory $memory "mem")) (core func $wait))
    (core module $M
      (import "" "set-new" (func $set-new (result i32)))
      (import "" "wait" (func $wait (param i32 i32) (result i32)))
      (func (export "block") (drop (call $wait (call $set-new) (i32.const 0)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "set-new" (func $set-new)) (export "wait" (func $wait))))))
    (func (export "block") (canon lift (core func $m "block"))))
  (instance $ready (instantiate $Ready))
  (instance $blocks (instantiate $Blocks))
  (func (export "f") (alias export $ready "f"))
  (func (export "block") (alias export $blocks "block")))

(assert_return (invoke "f"))
(assert_trap (invoke "block") "cannot block a synchronous task before returning")
