;; WT#13691, CM#521
;;
;; The writable end of a future cannot be dropped before a value was written, even if nobody is
;; left who could read it.
;;
;; WT#13691: it trapped only while the readable end was there. Without a reader the drop went
;; through.
;; CM#521: the document had lost the trap by accident.
;; Decided by CanonicalABI.md, "Future State" (`WritableFutureEnd.drop`), since a7029a6
;; (2025-05-29) of WebAssembly/component-model.
;; Holds from: a7029a6
(component
  (type $t (future u8))
  (canon future.new $t (core func $new))
  (canon future.drop-readable $t (core func $drop-readable))
  (canon future.drop-writable $t (core func $drop-writable))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "drop-readable" (func $drop-readable (param i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (global $r (mut i32) (i32.const 0))
    (global $w (mut i32) (i32.const 0))
    ;; both ends of a new future
    (func $make (local $ends i64)
      (local.set $ends (call $new))
      (global.set $r (i32.wrap_i64 (local.get $ends)))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
    (func (export "run") (result i32)
      (call $make)
      (call $drop-readable (global.get $r))
      (call $drop-writable (global.get $w))
      (i32.const 42)))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "drop-readable" (func $drop-readable))
    (export "drop-writable" (func $drop-writable))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run"))))

(assert_trap (invoke "run")
"cannot drop future write end without first writing a value")
