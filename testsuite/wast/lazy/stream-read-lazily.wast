;; A lazy read of a stream puts an index and a length into the buffer; strings may be copied within
;; one instance.
(component
  (core module $Memory
    (memory (export "mem") 1)
    (data (i32.const 0) "\08\00\00\00\04\00\00\00text")
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 512)))
  (core instance $mem (instantiate $Memory))
  (type $s (stream string))
  (canon stream.new $s (core func $new))
  (canon stream.write $s async (memory (core memory $mem "mem")) (core func $write))
  (canon stream.read $s async (memory (core memory $mem "mem")) lazy (core func $read))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (func (export "run") (result i32) (local $ends i64)
      (local.set $ends (call $new))
      ;; BLOCKED, since nobody reads yet
      (if (i32.ne (i32.const -1)
            (call $write (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))
              (i32.const 0) (i32.const 1)))
        (then (unreachable)))
      (if (i32.ne (i32.const 0x10)
            (call $read (i32.wrap_i64 (local.get $ends)) (i32.const 32) (i32.const 1)))
        (then (unreachable)))
      (call $lower (i32.load (i32.const 32)) (i32.const 64))
      (i32.add (i32.mul (i32.load (i32.const 36)) (i32.const 1000)) (i32.load8_u (i32.const 65)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "new" (func $new)) (export "write" (func $write))
    (export "read" (func $read)) (export "lower" (func $lower))))))
  (func (export "run") (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run") (u32.const 4101))
