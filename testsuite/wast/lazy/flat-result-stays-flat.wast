;; A number is returned as ever.
(component
  (component $C
    (core module $M (func (export "f") (result i32) (i32.const 42)))
    (core instance $mem (instantiate $M))
    (func (export "f") (result u32) (canon lift (core func $mem "f"))))
  (component $Caller
    (import "c" (instance $c (export "f" (func (result u32)))))
    (core module $Memory
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $c "f") (memory (core memory $mem "mem")) lazy (core func $f))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "f" (func $f (result i32)))
      (func (export "run") (result i32) (call $f)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "f" (func $f))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $caller (instantiate $Caller (with "c" (instance $c))))
  (export "run" (func $caller "run")))

(assert_return (invoke "run") (u32.const 42))
