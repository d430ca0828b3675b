;; Where an event or a message goes. The definitions assert what a guest may get wrong here; Canon
;; takes it for a trap.
(component definition $T
  (core module $Memory
    (memory (export "mem") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
  (core instance $memory (instantiate $Memory))
  (canon waitable-set.new (core func $set-new))
  (canon waitable-set.poll (memory (core memory $memory "mem")) (core func $set-poll))
  (canon error-context.new (memory (core memory $memory "mem")) (core func $error-context-new))
  (canon error-context.debug-message (memory (core memory $memory "mem")) (realloc (core func $memory "realloc")) (core func $error-context-debug))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "set-poll" (func $set-poll (param i32 i32) (result i32)))
    (import "" "error-context-new" (func $error-context-new (param i32 i32) (result i32)))
    (import "" "error-context-debug" (func $error-context-debug (param i32 i32)))
    (func (export "poll-unaligned") (drop (call $set-poll (call $set-new) (i32.const 2))))
    (func (export "poll-out-of-bounds") (drop (call $set-poll (call $set-new) (i32.const 65532))))
    (func (export "message-out-of-bounds") (call $error-context-debug (call $error-context-new (i32.const 0) (i32.const 0)) (i32.const 65532))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $memory "mem"))
    (export "set-new" (func $set-new))
    (export "set-poll" (func $set-poll))
    (export "error-context-new" (func $error-context-new))
    (export "error-context-debug" (func $error-context-debug))))))
  (func (export "poll-unaligned") (canon lift (core func $m "poll-unaligned")))
  (func (export "poll-out-of-bounds") (canon lift (core func $m "poll-out-of-bounds")))
  (func (export "message-out-of-bounds") (canon lift (core func $m "message-out-of-bounds"))))

(component instance $i $T)
(assert_trap (invoke "poll-unaligned") "unaligned pointer")
(component instance $i $T)
(assert_trap (invoke "poll-out-of-bounds") "pointer out of bounds")
(component instance $i $T)
(assert_trap (invoke "message-out-of-bounds") "pointer out of bounds")
