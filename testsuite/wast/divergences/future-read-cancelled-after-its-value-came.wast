;; WT#12881
;;
;; A cancel that comes after the value delivers it: COMPLETED. The future is then done, and
;; cannot be read again.
;;
;; WT#12881: a future was not marked as done where a cancel delivered the event, so the second
;; read was BLOCKED.
;; Decided by CanonicalABI.md, "canon {stream,future}.cancel-{read,write}" and "canon
;; future.{read,write}", since e362068 (2025-06-24) of WebAssembly/component-model.
;; Holds from: e362068
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (future u8))
  (canon future.new $t (core func $new))
  (canon future.read $t async (memory (core memory $mem "mem")) (core func $read))
  (canon future.write $t async (memory (core memory $mem "mem")) (core func $write))
  (canon future.cancel-read $t async (core func $cancel))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32) (result i32)))
    (import "" "cancel" (func $cancel (param i32) (result i32)))
    (func $is (param $want i32) (param $got i32)
      (if (i32.ne (local.get $want) (local.get $got)) (then (unreachable))))
    (global $r (mut i32) (i32.const 0))
    (global $w (mut i32) (i32.const 0))
    ;; both ends of a new future
    (func $make (local $ends i64)
      (local.set $ends (call $new))
      (global.set $r (i32.wrap_i64 (local.get $ends)))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
    (func (export "run") (result i32)
      (call $make)
      (i32.store8 (i32.const 16) (i32.const 42))
      (call $is (i32.const -1) (call $read (global.get $r) (i32.const 32)))
      (call $is (i32.const 0 (; COMPLETED ;)) (call $write (global.get $w) (i32.const 16)))
      (call $is (i32.const 0 (; COMPLETED ;)) (call $cancel (global.get $r)))
      (i32.load8_u (i32.const 32)))
    (func (export "again") (result i32)
      (call $read (global.get $r) (i32.const 32))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "new" (func $new))
    (export "read" (func $read)) (export "write" (func $write))
    (export "cancel" (func $cancel))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run")))
  (func (export "again") async (result u32) (canon lift (core func $m "again"))))

(assert_return (invoke "run") (u32.const 42))
(assert_trap (invoke "again") "cannot read from future after previous read succeeded")
