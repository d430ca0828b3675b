;; WT#12881
;;
;; A cancel that comes after the value was read says COMPLETED. The writable end is then done: it
;; cannot be written again, and it can be dropped.
;;
;; WT#12881: a future was not marked as done where a cancel delivered the event, so the drop
;; trapped and the second write was BLOCKED.
;; Decided by CanonicalABI.md, "canon {stream,future}.cancel-{read,write}" and "Future State",
;; since e362068 (2025-06-24) of WebAssembly/component-model.
;; Holds from: e362068
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (future u8))
  (canon future.new $t (core func $new))
  (canon future.read $t async (memory (core memory $mem "mem")) (core func $read))
  (canon future.write $t async (memory (core memory $mem "mem")) (core func $write))
  (canon future.cancel-write $t async (core func $cancel))
  (canon future.drop-writable $t (core func $drop-writable))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32) (result i32)))
    (import "" "cancel" (func $cancel (param i32) (result i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (func $is (param $want i32) (param $got i32)
      (if (i32.ne (local.get $want) (local.get $got)) (then (unreachable))))
    (global $r (mut i32) (i32.const 0))
    (global $w (mut i32) (i32.const 0))
    ;; both ends of a new future
    (func $make (local $ends i64)
      (local.set $ends (call $new))
      (global.set $r (i32.wrap_i64 (local.get $ends)))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
    (func $written
      (call $make)
      (call $is (i32.const -1) (call $write (global.get $w) (i32.const 16)))
      (call $is (i32.const 0 (; COMPLETED ;)) (call $read (global.get $r) (i32.const 32)))
      (call $is (i32.const 0 (; COMPLETED ;)) (call $cancel (global.get $w))))
    (func (export "drop") (result i32)
      (call $written)
      (call $drop-writable (global.get $w))
      (i32.const 42))
    (func (export "write") (result i32)
      (call $written)
      (call $write (global.get $w) (i32.const 16))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "read" (func $read)) (export "write" (func $write))
    (export "cancel" (func $cancel)) (export "drop-writable" (func $drop-writable))))))
  (func (export "drop") async (result u32) (canon lift (core func $m "drop")))
  (func (export "write") async (result u32) (canon lift (core func $m "write"))))

(assert_return (invoke "drop") (u32.const 42))
(assert_trap (invoke "write") "cannot write to future after previous write succeeded")
