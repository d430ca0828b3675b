;; A result stays after the task has returned, until it exits.
(component
  (component $C
    (core module $M
      (memory (export "mem") 1)
      (data (i32.const 0) "\08\00\00\00\05\00\00\00hello")
      (func (export "f") (result i32) (i32.const 0)))
    (core instance $mem (instantiate $M))
    (func (export "f") (result string)
      (canon lift (core func $mem "f") (memory (core memory $mem "mem")))))
  (component $Caller
    (import "c" (instance $c (export "f" (func (result string)))))
    (core module $Memory
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $c "f") (memory (core memory $mem "mem")) lazy (core func $f))
    (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
    (canon task.return (result u32) (core func $return))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "f" (func $f (param i32)))
      (import "" "lower" (func $lower (param i32 i32)))

      (import "" "return" (func $return (param i32)))
      (func (export "callback") (param i32 i32 i32) (result i32)
        (call $lower (i32.load (i32.const 40)) (i32.const 48))
        (if (i32.ne (i32.load8_u (i32.const 48)) (i32.const 104)) (then (unreachable)))
        (i32.const 0))
      (func (export "run") (result i32)
        (call $f (i32.const 40))
        (call $return (i32.load (i32.const 44)))
        ;; YIELD
        (i32.const 1)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "f" (func $f)) (export "lower" (func $lower)) (export "return" (func $return))))))
    (func (export "run") async (result u32) (canon lift (core func $m "run") async (callback (core func $m "callback")))))
  (instance $c (instantiate $C))
  (instance $caller (instantiate $Caller (with "c" (instance $c))))
  (export "run" (func $caller "run")))

(assert_return (invoke "run") (u32.const 5))
