;; WT#12704
;;
;; A read of a future that was cancelled asynchronously can be done again, and then it is the new
;; one that the other end meets.
;;
;; WT#12704: the cancel left the state of the copy as it was, and what came next met a read that
;; was no more: the runtime panicked.
;; Decided by CanonicalABI.md, "canon {stream,future}.cancel-{read,write}", since 4fb85b4
;; (2025-04-14) of WebAssembly/component-model.
;; Holds from: 4fb85b4
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (future u8))
  (canon future.new $t (core func $new))
  (canon future.read $t async (memory (core memory $mem "mem")) (core func $read))
  (canon future.write $t async (memory (core memory $mem "mem")) (core func $write))
  (canon future.cancel-read $t async (core func $cancel))
  (canon waitable-set.new (core func $set-new))
  (canon waitable-set.poll (memory (core memory $mem "mem")) (core func $set-poll))
  (canon waitable.join (core func $join))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32) (result i32)))
    (import "" "cancel" (func $cancel (param i32) (result i32)))
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
    (func (export "run") (result i32)
      (call $make)
      (i32.store8 (i32.const 16) (i32.const 42))
      (call $is (i32.const -1) (call $read (global.get $r) (i32.const 64)))
      (call $is (i32.const 2 (; CANCELLED ;)) (call $cancel (global.get $r)))
      (call $is (i32.const -1) (call $read (global.get $r) (i32.const 32)))
      (call $is (i32.const 0 (; COMPLETED ;))
        (call $write (global.get $w) (i32.const 16)))
      (call $watch (global.get $r))
      (call $event (i32.const 4 (; FUTURE_READ ;)) (global.get $r) (i32.const 0))
      (i32.load8_u (i32.const 32))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "new" (func $new))
    (export "read" (func $read)) (export "write" (func $write))
    (export "cancel" (func $cancel)) (export "set-new" (func $set-new))
    (export "set-poll" (func $set-poll)) (export "join" (func $join))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run") (u32.const 42))
