;; WT#13100, CM#721
;;
;; A read of length 0 that elements have woken waits no more, even if its event was not delivered
;; yet and the elements are taken back. So a write of length 0 finds no reader.
;;
;; WT#13100, CM#721: the write of length 0 met the read a second time and answered COMPLETED.
;; Decided by CanonicalABI.md, "Stream State" (`SharedStreamImpl`), since 3ffb650 (2025-04-30) of
;; WebAssembly/component-model.
;; Holds from: 3ffb650
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (stream u8))
  (canon stream.new $t (core func $new))
  (canon stream.read $t async (memory (core memory $mem "mem")) (core func $read))
  (canon stream.write $t async (memory (core memory $mem "mem")) (core func $write))
  (canon stream.cancel-write $t (core func $cancel))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (import "" "cancel" (func $cancel (param i32) (result i32)))
    (func $is (param $want i32) (param $got i32)
      (if (i32.ne (local.get $want) (local.get $got)) (then (unreachable))))
    (global $r (mut i32) (i32.const 0))
    (global $w (mut i32) (i32.const 0))
    ;; both ends of a new stream
    (func $make (local $ends i64)
      (local.set $ends (call $new))
      (global.set $r (i32.wrap_i64 (local.get $ends)))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
    (func (export "run") (result i32)
      (call $make)
      (call $is (i32.const -1) (call $read (global.get $r) (i32.const 0) (i32.const 0)))
      (call $is (i32.const -1) (call $write (global.get $w) (i32.const 16) (i32.const 4)))
      (call $is (i32.const 2 (; CANCELLED, 0 ;)) (call $cancel (global.get $w)))
      (call $write (global.get $w) (i32.const 16) (i32.const 0))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "read" (func $read)) (export "write" (func $write))
    (export "cancel" (func $cancel))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run") (u32.const 0xffffffff (; BLOCKED ;)))
