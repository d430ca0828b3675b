;; CM#664, WT#13665
;;
;; A stream that is in a waitable set cannot be passed on as a result. Out of the set it can.
;;
;; CM#664, WT#13665: neither the document nor the runtime had the check, so the set kept a member
;; that had gone to another instance, and the call went through.
;; Decided by CanonicalABI.md, "Loading" (`lift_async_value`), since aeb5d21 (2026-06-17) of
;; WebAssembly/component-model.
;; Holds from: aeb5d21
(component definition $D
  (component $Callee
    (type $t (stream u8))
    (canon stream.new $t (core func $new))
    (canon waitable-set.new (core func $set-new))
    (canon waitable.join (core func $join))
    (core module $M
      (import "" "new" (func $new (result i64)))
      (import "" "set-new" (func $set-new (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (global $r (mut i32) (i32.const 0))
      (global $w (mut i32) (i32.const 0))
      ;; both ends of a new stream
      (func $make (local $ends i64)
        (local.set $ends (call $new))
        (global.set $r (i32.wrap_i64 (local.get $ends)))
        (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
      (func (export "in-a-set") (result i32)
        (call $make)
        (call $join (global.get $r) (call $set-new))
        (global.get $r))
      (func (export "out-of-its-set") (result i32)
        (call $make)
        (call $join (global.get $r) (call $set-new))
        (call $join (global.get $r) (i32.const 0))
        (global.get $r)))
    (core instance $m (instantiate $M (with "" (instance
      (export "new" (func $new)) (export "set-new" (func $set-new))
      (export "join" (func $join))))))
    (func (export "in-a-set") (result $t) (canon lift (core func $m "in-a-set")))
    (func (export "out-of-its-set") (result $t)
      (canon lift (core func $m "out-of-its-set"))))
  (component $Caller
    (import "in-a-set" (func $in-a-set (result (stream u8))))
    (import "out-of-its-set" (func $out-of-its-set (result (stream u8))))
    (type $t (stream u8))
    (canon lower (func $in-a-set) (core func $give-in-set))
    (canon lower (func $out-of-its-set) (core func $give-out-of-set))
    (canon stream.drop-readable $t (core func $drop-readable))
    (core module $M
      (import "" "give-in-set" (func $give-in-set (result i32)))
      (import "" "give-out-of-set" (func $give-out-of-set (result i32)))
      (import "" "drop-readable" (func $drop-readable (param i32)))
      (func (export "in-a-set") (call $drop-readable (call $give-in-set)))
      (func (export "out-of-its-set") (call $drop-readable (call $give-out-of-set))))
    (core instance $m (instantiate $M (with "" (instance
      (export "give-in-set" (func $give-in-set))
      (export "give-out-of-set" (func $give-out-of-set))
      (export "drop-readable" (func $drop-readable))))))
    (func (export "in-a-set") (canon lift (core func $m "in-a-set")))
    (func (export "out-of-its-set") (canon lift (core func $m "out-of-its-set"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller
    (with "in-a-set" (func $callee "in-a-set"))
    (with "out-of-its-set" (func $callee "out-of-its-set"))))
  (export "in-a-set" (func $caller "in-a-set"))
  (export "out-of-its-set" (func $caller "out-of-its-set")))

(component instance $i $D)
(assert_return (invoke "out-of-its-set"))
(component instance $i $D)
(assert_trap (invoke "in-a-set") "cannot lift stream while it's in a waitable set")
