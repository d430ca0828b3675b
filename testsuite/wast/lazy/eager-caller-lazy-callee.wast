;; A caller passes pointers into its own memory, whether the callee is lazy or not.
(component
  (component $C
    (core module $Memory (memory (export "mem") 1))
    (core instance $mem (instantiate $Memory))
    (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
    (canon value.drop (core func $drop))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "drop" (func $drop (param i32)))
      (import "" "lower" (func $lower (param i32 i32)))
      (func (export "f") (param $i i32) (param $n i32) (result i32)
        (call $lower (local.get $i) (i32.const 100))
        (i32.load (i32.const 100))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
      (func $lower))))))
    (func (export "f") (param "s" string) (result u32)
      (canon lift (core func $m "f") lazy)))
  (component $Caller
    (import "c" (instance $c (export "f" (func (param "s" string) (result u32)))))
    (core module $Memory
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $c "f") (memory (core memory $mem "mem")) (core func $f))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "f" (func $f (param i32 i32) (result i32)))
      (data (i32.const 16) "wxyz")
      (func (export "run") (result i32) (call $f (i32.const 16) (i32.const 4))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "f" (func $f))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $caller (instantiate $Caller (with "c" (instance $c))))
  (export "run" (func $caller "run")))

(assert_return (invoke "run") (u32.const 0x7a797877))
