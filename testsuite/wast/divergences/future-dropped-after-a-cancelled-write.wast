;; WT#13691, WT#12881
;;
;; A write that was cancelled has written nothing, so the writable end still cannot be dropped.
;;
;; WT#13691, WT#12881: what counts is whether a value or DROPPED was delivered. A runtime that
;; counts the write itself lets this drop through.
;; Decided by CanonicalABI.md, "Future State" (`WritableFutureEnd.drop`), since a7029a6
;; (2025-05-29) of WebAssembly/component-model.
;; Holds from: a7029a6
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (future u8))
  (canon future.new $t (core func $new))
  (canon future.write $t async (memory (core memory $mem "mem")) (core func $write))
  (canon future.cancel-write $t (core func $cancel))
  (canon future.drop-writable $t (core func $drop-writable))
  (core module $M
    (import "" "new" (func $new (result i64)))
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
    (func (export "run") (result i32)
      (call $make)
      (call $is (i32.const -1) (call $write (global.get $w) (i32.const 0)))
      (call $is (i32.const 2 (; CANCELLED ;)) (call $cancel (global.get $w)))
      (call $drop-writable (global.get $w))
      (i32.const 42)))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "write" (func $write))
    (export "cancel" (func $cancel)) (export "drop-writable" (func $drop-writable))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run"))))

(assert_trap (invoke "run")
"cannot drop future write end without first writing a value")
