;; An error context in a lazy value gets a handle when the value is lowered, and goes with it
;; otherwise.
(component
  (component $C
    (core module $Memory (memory (export "mem") 1))
    (core instance $mem (instantiate $Memory))
    (type $l (list error-context))
    (canon value.lower $l (memory (core memory $mem "mem")) (core func $lower))
    (canon value.drop (core func $drop))
    (canon error-context.drop (core func $drop-context))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "drop" (func $drop (param i32)))
      (import "" "lower" (func $lower (param i32 i32)))
      (import "" "drop-context" (func $drop-context (param i32)))
      (func (export "f") (param $i i32) (param $n i32) (param $take i32) (result i32)
        (if (local.get $take)
          (then
            (call $lower (local.get $i) (i32.const 16))
            (call $drop-context (i32.load (i32.const 16)))))
        (local.get $n)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
      (func $lower)) (export "drop-context" (func $drop-context))))))
    (func (export "f") (param "l" $l) (param "take" bool) (result u32)
      (canon lift (core func $m "f") lazy)))
  (component $Caller
    (import "c" (instance $c (export "f" (func (param "l" (list error-context)) (param "take" bool) (result u32)))))
    (core module $Memory
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $c "f") (memory (core memory $mem "mem")) (core func $f))
    (canon error-context.new (memory (core memory $mem "mem")) (core func $new))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "f" (func $f (param i32 i32 i32) (result i32)))
      (import "" "new" (func $new (param i32 i32) (result i32)))
      (func (export "run") (result i32)
        (i32.store (i32.const 16) (call $new (i32.const 0) (i32.const 0)))
        (i32.add (call $f (i32.const 16) (i32.const 1) (i32.const 1))
          (call $f (i32.const 16) (i32.const 1) (i32.const 0)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "f" (func $f))
      (export "new" (func $new))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $caller (instantiate $Caller (with "c" (instance $c))))
  (export "run" (func $caller "run")))

(assert_return (invoke "run") (u32.const 2))
