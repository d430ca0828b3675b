;; WT#13690, CM#647
;;
;; A synchronous cancel of a stream read traps while the end is in a waitable set, even where it
;; would not block.
;;
;; WT#13690, CM#647: the check stood where a call blocks, and a cancel that has nothing to wait
;; for never got there. It answered CANCELLED.
;; Decided by CanonicalABI.md, "canon {stream,future}.cancel-{read,write}", since c0731a3
;; (2026-05-11) of WebAssembly/component-model.
;; Holds from: c0731a3
(component definition $D
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (stream u8))
  (canon stream.new $t (core func $new))
  (canon stream.read $t async (memory (core memory $mem "mem")) (core func $read))
  (canon stream.cancel-read $t (core func $cancel))
  (canon waitable-set.new (core func $set-new))
  (canon waitable.join (core func $join))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "cancel" (func $cancel (param i32) (result i32)))
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (func $is (param $want i32) (param $got i32)
      (if (i32.ne (local.get $want) (local.get $got)) (then (unreachable))))
    (global $r (mut i32) (i32.const 0))
    (global $w (mut i32) (i32.const 0))
    ;; both ends of a new stream
    (func $make (local $ends i64)
      (local.set $ends (call $new))
      (global.set $r (i32.wrap_i64 (local.get $ends)))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
    (func $start
      (call $make)
      ;; BLOCKED, since the other end does nothing
      (call $is (i32.const -1) (call $read (global.get $r) (i32.const 0) (i32.const 4))))
    (func (export "in-a-set") (result i32)
      (call $start)
      (call $join (global.get $r) (call $set-new))
      (call $cancel (global.get $r)))
    (func (export "out-of-its-set") (result i32)
      (call $start)
      (call $join (global.get $r) (call $set-new))
      (call $join (global.get $r) (i32.const 0))
      (call $cancel (global.get $r))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "read" (func $read)) (export "cancel" (func $cancel))
    (export "set-new" (func $set-new)) (export "join" (func $join))))))
  (func (export "in-a-set") async (result u32) (canon lift (core func $m "in-a-set")))
  (func (export "out-of-its-set") async (result u32)
    (canon lift (core func $m "out-of-its-set"))))

(component instance $i $D)
(assert_return (invoke "out-of-its-set") (u32.const 2 (; CANCELLED ;)))
(component instance $i $D)
(assert_trap (invoke "in-a-set")
  "waitable cannot be used synchronously while added to a waitable set")
