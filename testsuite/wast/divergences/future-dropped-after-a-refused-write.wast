;; WT#13691, WT#13914, CM#708
;;
;; A write that finds the readable end gone says DROPPED, and that is enough: then the writable
;; end can be dropped.
;;
;; WT#13691, WT#13914: with the trap of WT#13691 came drops that trapped although the writer had
;; been told DROPPED.
;; Decided by CanonicalABI.md, "canon future.{read,write}", since e362068 (2025-06-24) of
;; WebAssembly/component-model.
;; An event DROPPED that comes later, for a write that was BLOCKED (as in WT#13914), can not be
;; had: there the definitions of the pinned commit run into an `assert` of their own (CM#708).
;; Holds from: e362068
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (future u8))
  (canon future.new $t (core func $new))
  (canon future.write $t async (memory (core memory $mem "mem")) (core func $write))
  (canon future.drop-readable $t (core func $drop-readable))
  (canon future.drop-writable $t (core func $drop-writable))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "write" (func $write (param i32 i32) (result i32)))
    (import "" "drop-readable" (func $drop-readable (param i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (global $r (mut i32) (i32.const 0))
    (global $w (mut i32) (i32.const 0))
    ;; both ends of a new future
    (func $make (local $ends i64)
      (local.set $ends (call $new))
      (global.set $r (i32.wrap_i64 (local.get $ends)))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
    (func (export "run") (result i32) (local $result i32)
      (call $make)
      (call $drop-readable (global.get $r))
      (local.set $result (call $write (global.get $w) (i32.const 0)))
      (call $drop-writable (global.get $w))
      (local.get $result)))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "write" (func $write))
    (export "drop-readable" (func $drop-readable))
    (export "drop-writable" (func $drop-writable))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run") (u32.const 1 (; DROPPED ;)))
