;; CM#664, WT#13665
;;
;; A stream that is in a waitable set cannot be passed on as a parameter. Out of the set it can.
;;
;; CM#664, WT#13665: neither the document nor the runtime had the check, so the set kept a member
;; that had gone to another instance, and the call went through.
;; Decided by CanonicalABI.md, "Loading" (`lift_async_value`), since aeb5d21 (2026-06-17) of
;; WebAssembly/component-model.
;; Holds from: aeb5d21
(component definition $D
  (component $Callee
    (type $t (stream u8))
    (canon stream.drop-readable $t (core func $drop-readable))
    (core module $M
      (import "" "drop-readable" (func $drop-readable (param i32)))
      (func (export "take") (param i32) (call $drop-readable (local.get 0))))
    (core instance $m (instantiate $M (with "" (instance
      (export "drop-readable" (func $drop-readable))))))
    (func (export "take") (param "x" $t) (canon lift (core func $m "take"))))
  (component $Caller
    (import "take" (func $take (param "x" (stream u8))))
    (type $t (stream u8))
    (canon lower (func $take) (core func $take))
    (canon stream.new $t (core func $new))
    (canon waitable-set.new (core func $set-new))
    (canon waitable.join (core func $join))
    (core module $M
      (import "" "take" (func $take (param i32)))
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
      (func (export "in-a-set")
        (call $make)
        (call $join (global.get $r) (call $set-new))
        (call $take (global.get $r)))
      (func (export "out-of-its-set")
        (call $make)
        (call $join (global.get $r) (call $set-new))
        (call $join (global.get $r) (i32.const 0))
        (call $take (global.get $r))))
    (core instance $m (instantiate $M (with "" (instance
      (export "take" (func $take)) (export "new" (func $new))
      (export "set-new" (func $set-new)) (export "join" (func $join))))))
    (func (export "in-a-set") (canon lift (core func $m "in-a-set")))
    (func (export "out-of-its-set") (canon lift (core func $m "out-of-its-set"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller (with "take" (func $callee "take"))))
  (export "in-a-set" (func $caller "in-a-set"))
  (export "out-of-its-set" (func $caller "out-of-its-set")))

(component instance $i $D)
(assert_return (invoke "out-of-its-set"))
(component instance $i $D)
(assert_trap (invoke "in-a-set") "cannot lift stream while it's in a waitable set")
