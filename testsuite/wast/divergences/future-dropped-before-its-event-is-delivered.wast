;; WT#13914
;;
;; The value is written and read, but the event of the write was not delivered: so far the
;; writable end cannot be dropped.
;;
;; WT#13914: the two went wrong together there: what marks a future as done is the delivery, not
;; the copy.
;; Decided by CanonicalABI.md, "Future State" (`WritableFutureEnd.drop`), since c90abf1
;; (2025-09-04) of WebAssembly/component-model.
;; Holds from: c90abf1
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (future u8))
  (canon future.new $t (core func $new))
  (canon future.read $t async (memory (core memory $mem "mem")) (core func $read))
  (canon future.write $t async (memory (core memory $mem "mem")) (core func $write))
  (canon future.drop-writable $t (core func $drop-writable))
  (canon waitable-set.new (core func $set-new))
  (canon waitable-set.poll (memory (core memory $mem "mem")) (core func $set-poll))
  (canon waitable.join (core func $join))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32) (result i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "set-poll" (func $set-poll (param i32 i32) (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (func $is (param $want i32) (param $got i32)
      (if (i32.ne (local.get $want) (local.get $got)) (then (unreachable))))
    (global $r (mut i32) (i32.const 0))
    (global $w (mut i32) (i32.const 0))
    ;; both ends of a new future
    (func $make (local $ends i64)
      (local.set $ends (call $new))
      (global.set $r (i32.wrap_i64 (local.get $ends)))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
    (global $set (mut i32) (i32.const 0))
    (func $watch (param $waitable i32)
      (global.set $set (call $set-new))
      (call $join (local.get $waitable) (global.get $set)))
    ;; the event that is there, which has to be this one
    (func $event (param $code i32) (param $index i32) (param $payload i32)
      (call $is (local.get $code) (call $set-poll (global.get $set) (i32.const 1024)))
      (call $is (local.get $index) (i32.load (i32.const 1024)))
      (call $is (local.get $payload) (i32.load (i32.const 1028))))
    (func $written
      (call $make)
      (call $is (i32.const -1) (call $write (global.get $w) (i32.const 0)))
      (call $watch (global.get $w))
      (call $is (i32.const 0 (; COMPLETED ;)) (call $read (global.get $r) (i32.const 8))))
    (func (export "run") (result i32)
      (call $written)
      (call $drop-writable (global.get $w))
      (i32.const 42)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "new" (func $new))
    (export "read" (func $read)) (export "write" (func $write))
    (export "drop-writable" (func $drop-writable)) (export "set-new" (func $set-new))
    (export "set-poll" (func $set-poll)) (export "join" (func $join))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run"))))

(assert_trap (invoke "run")
"cannot drop future write end without first writing a value")
