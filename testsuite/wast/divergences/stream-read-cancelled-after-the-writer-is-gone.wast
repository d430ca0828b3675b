;; WT#12881
;;
;; A cancel that comes after the writer has dropped its end says DROPPED. The stream is then
;; done, and cannot be read again.
;;
;; WT#12881: the state of the end was not updated where a cancel delivered the event, so the
;; second read was let through.
;; Decided by CanonicalABI.md, "canon {stream,future}.cancel-{read,write}" and "canon
;; stream.{read,write}", since e362068 (2025-06-24) of WebAssembly/component-model.
;; Holds from: e362068
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (stream u8))
  (canon stream.new $t (core func $new))
  (canon stream.read $t async (memory (core memory $mem "mem")) (core func $read))
  (canon stream.cancel-read $t async (core func $cancel))
  (canon stream.drop-writable $t (core func $drop-writable))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "cancel" (func $cancel (param i32) (result i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
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
      (call $is (i32.const -1) (call $read (global.get $r) (i32.const 32) (i32.const 4)))
      (call $drop-writable (global.get $w))
      (call $cancel (global.get $r)))
    (func (export "again") (result i32)
      (call $read (global.get $r) (i32.const 32) (i32.const 4))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "read" (func $read)) (export "cancel" (func $cancel))
    (export "drop-writable" (func $drop-writable))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run")))
  (func (export "again") async (result u32) (canon lift (core func $m "again"))))

(assert_return (invoke "run") (u32.const 1 (; DROPPED, 0 ;)))
(assert_trap (invoke "again")
  "cannot read from stream after being notified that the writable end dropped")
