;; The message of an error context is a lazy value of the task that asks; it may be empty.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon error-context.new (memory (core memory $mem "mem")) (core func $new))
  (canon error-context.debug-message (memory (core memory $mem "mem")) lazy (core func $message))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (param i32 i32) (result i32)))
    (import "" "message" (func $message (param i32 i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (data (i32.const 8) "what")
    (func (export "run") (result i32)
      (call $message (call $new (i32.const 8) (i32.const 4)) (i32.const 40))
      (call $lower (i32.load (i32.const 40)) (i32.const 64))
      (if (i32.load (i32.const 44))
        (then (if (i32.ne (i32.load (i32.const 64)) (i32.const 0x74616877)) (then (unreachable)))))
      (i32.load (i32.const 40)))
    ;; the index of the other task is gone
    (func (export "again") (call $lower (i32.load (i32.const 48)) (i32.const 64)))
    (func (export "keep")
      (call $message (call $new (i32.const 8) (i32.const 4)) (i32.const 48))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "new" (func $new)) (export "message" (func $message))
    (export "lower" (func $lower))))))
  (func (export "run") (result u32) (canon lift (core func $m "run")))
  (func (export "keep") (canon lift (core func $m "keep")))
  (func (export "again") (canon lift (core func $m "again"))))

(assert_return (invoke "run") (u32.const 1))
(assert_return (invoke "keep"))
(assert_trap (invoke "again") "unknown handle index 1")
