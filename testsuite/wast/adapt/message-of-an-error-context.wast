;; The message of an error context is "what", or what the host made of it.
(component
  (core module $Memory
    (memory (export "mem") 1)
    (global $free (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
      (local.set $at (i32.and (i32.sub (i32.add (global.get $free) (local.get 2)) (i32.const 1))
        (i32.sub (i32.const 0) (local.get 2))))
      (global.set $free (i32.add (local.get $at) (local.get 3)))
      (local.get $at)))
  (core instance $mem (instantiate $Memory))
  (canon error-context.new (memory (core memory $mem "mem")) (core func $new))
  (canon error-context.debug-message (memory (core memory $mem "mem"))
    (realloc (core func $mem "realloc")) (core func $message))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (param i32 i32) (result i32)))
    (import "" "message" (func $message (param i32 i32)))
    (data (i32.const 8) "what")
    (func (export "run") (result i32) (local $end i32)
      (call $message (call $new (i32.const 8) (i32.const 4)) (i32.const 40))
      (if (i32.load (i32.const 44))
        (then (if (i32.ne (i32.load (i32.load (i32.const 40))) (i32.const 0x74616877))
          (then (unreachable)))))
      (i32.load (i32.const 40))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "new" (func $new)) (export "message" (func $message))))))
  (func (export "run") (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run") (u32.const 1024))
