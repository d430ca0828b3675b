;; A read of a future is cancelled when the string has come.
(component
  (component $W
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 0) "\20\00\00\00\03\00\00\00\23\00\00\00\03\00\00\00\26\00\00\00\05\00\00\00\2b\00\00\00\04\00\00\00onetwothreefour"))
    (core instance $mem (instantiate $Memory))
    (type $t (future string))
    (canon future.new $t (core func $new))
    (canon future.write $t async (memory (core memory $mem "mem")) (core func $write))
    (canon future.drop-writable $t (core func $drop))
    (core module $M
      (import "" "new" (func $new (result i64)))
      (import "" "write" (func $write (param i32 i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (global $end (mut i32) (i32.const 0))
      (global $at (mut i32) (i32.const 0))
      (func (export "start") (result i32) (local $ends i64)
        (local.set $ends (call $new))
        (global.set $end (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
        (i32.wrap_i64 (local.get $ends)))
      ;; "three"
      (func (export "write")
        (drop (call $write (global.get $end) (i32.const 16))))
      (func (export "drop") (call $drop (global.get $end))))
    (core instance $m (instantiate $M (with "" (instance
      (export "new" (func $new)) (export "write" (func $write)) (export "drop" (func $drop))))))
    (func (export "start") (result (future string)) (canon lift (core func $m "start")))
    (func (export "write") (canon lift (core func $m "write")))
    (func (export "drop") (canon lift (core func $m "drop"))))
  (component $R
    (import "w" (instance $w (export "start" (func (result (future string))))
      (export "write" (func)) (export "drop" (func))))
    (core module $Memory
      (memory (export "mem") 1)
      (global $free (mut i32) (i32.const 1024))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
        (local.set $at (i32.and (i32.sub (i32.add (global.get $free) (local.get 2)) (i32.const 1))
          (i32.sub (i32.const 0) (local.get 2))))
        (global.set $free (i32.add (local.get $at) (local.get 3)))
        (local.get $at)))
    (core instance $mem (instantiate $Memory))
    (type $t (future string))
    (canon lower (func $w "start") (core func $start))
    (canon lower (func $w "write") (core func $write))
    (canon future.read $t async (memory (core memory $mem "mem"))
      (realloc (core func $mem "realloc")) (core func $read))
    (canon future.cancel-read $t (core func $cancel))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "start" (func $start (result i32)))
      (import "" "write" (func $write))
      (import "" "read" (func $read (param i32 i32) (result i32)))
      (import "" "cancel" (func $cancel (param i32) (result i32)))
      ;; the string that is pointed to from an address: its length, and its second letter from "a"
      (func $check (param $at i32) (result i32)
        (i32.add (i32.mul (i32.load offset=4 (local.get $at)) (i32.const 100))
          (i32.sub (i32.load8_u offset=1 (i32.load (local.get $at))) (i32.const 97))))
      (func $is (param i32 i32)
        (if (i32.ne (local.get 0) (local.get 1)) (then (unreachable))))
      (func (export "run") (result i32) (local $end i32)
        (local.set $end (call $start))
        (call $is (call $read (local.get $end) (i32.const 40)) (i32.const -1)) ;; BLOCKED
        (call $write)
        (call $is (call $cancel (local.get $end)) (i32.const 0)) ;; COMPLETED
        (call $is (call $check (i32.const 40)) (i32.const 507))
        (i32.load (i32.const 40))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "start" (func $start))
      (export "write" (func $write)) (export "read" (func $read))
      (export "cancel" (func $cancel))))))
    (func (export "run") async (result u32) (canon lift (core func $m "run"))))
  (instance $w (instantiate $W))
  (instance $r (instantiate $R (with "w" (instance $w))))
  (export "run" (func $r "run")))

(assert_return (invoke "run") (u32.const 1024))
