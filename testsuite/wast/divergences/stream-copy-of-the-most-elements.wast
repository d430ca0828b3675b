;; WT#13086
;;
;; A copy of 2^28 - 1 elements says so: 28 bits for the number, 4 for the result.
;;
;; WT#13086: without a cap, and with the number cut where it does not fit, guests got answers
;; that were silently wrong.
;; Decided by CanonicalABI.md, "canon stream.{read,write}", since 4fb85b4 (2025-04-14) of
;; WebAssembly/component-model.
;; Holds from: 4fb85b4
(component
  (type $t (stream))
  (canon stream.new $t (core func $new))
  (canon stream.read $t async (core func $read))
  (canon stream.write $t async (core func $write))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
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
      (call $is (i32.const -1)
        (call $read (global.get $r) (i32.const 0) (i32.const 0x0fffffff)))
      (call $write (global.get $w) (i32.const 0) (i32.const 0x0fffffff))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "read" (func $read)) (export "write" (func $write))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run") (u32.const 0xfffffff0 (; COMPLETED, 2^28 - 1 ;)))
