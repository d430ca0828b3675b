;; The readable end of a stream belongs to the receiver once the value is lowered.
(component
  (component $C
    (core module $Memory (memory (export "mem") 1))
    (core instance $mem (instantiate $Memory))
    (type $s (stream u8))
    (type $l (list $s))
    (canon value.lower $l (memory (core memory $mem "mem")) (core func $lower))
    (canon value.drop (core func $drop))
    (canon stream.drop-readable $s (core func $drop-end))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "drop" (func $drop (param i32)))
      (import "" "lower" (func $lower (param i32 i32)))
      (import "" "drop-end" (func $drop-end (param i32)))
      (func (export "f") (param $i i32) (param $n i32) (result i32)
        (call $lower (local.get $i) (i32.const 16))
        (i32.const 0)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
      (func $lower)) (export "drop-end" (func $drop-end))))))
    (func (export "f") (param "l" $l) (result u32)
      (canon lift (core func $m "f") lazy)))
  (component $Caller
    (import "c" (instance $c (export "f" (func (param "l" (list (stream u8))) (result u32)))))
    (core module $Memory
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $c "f") (memory (core memory $mem "mem")) (core func $f))
    (type $s (stream u8))
    (canon stream.new $s (core func $new))
    (canon stream.write $s async (memory (core memory $mem "mem")) (core func $write))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "f" (func $f (param i32 i32) (result i32)))
      (import "" "new" (func $new (result i64)))
      (import "" "write" (func $write (param i32 i32 i32) (result i32)))
      (func (export "run") (result i32) (local $ends i64) (local $result i32)
        (local.set $ends (call $new))
        (i32.store (i32.const 16) (i32.wrap_i64 (local.get $ends)))
        (local.set $result (call $f (i32.const 16) (i32.const 1)))
        ;; DROPPED is 1, BLOCKED is -1
        (i32.add (i32.mul (local.get $result) (i32.const 100))
          (call $write (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))) (i32.const 0) (i32.const 1)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "f" (func $f))
      (export "new" (func $new)) (export "write" (func $write))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $caller (instantiate $Caller (with "c" (instance $c))))
  (export "run" (func $caller "run")))

(assert_return (invoke "run") (u32.const 0xffffffff))
