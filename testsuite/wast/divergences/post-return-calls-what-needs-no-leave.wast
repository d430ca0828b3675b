;; WT#12403
;;
;; Some built-ins do not leave the instance, so that post-return may call them: resource.rep,
;; context.get, context.set, backpressure.inc and backpressure.dec.
;;
;; WT#12403: all built-ins trapped there.
;; Decided by CanonicalABI.md, "canon context.get" and the others, since 7786ead (2025-09-08) of
;; WebAssembly/component-model for the last of them.
;; Holds from: 7786ead
(component
  (type $R (resource (rep i32)))
  (canon resource.new $R (core func $new))
  (canon resource.rep $R (core func $rep))
  (canon context.get i32 0 (core func $get))
  (canon context.set i32 0 (core func $set))
  (canon backpressure.inc (core func $inc))
  (canon backpressure.dec (core func $dec))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "rep" (func $rep (param i32) (result i32)))
    (import "" "get" (func $get (result i32)))
    (import "" "set" (func $set (param i32)))
    (import "" "inc" (func $inc))
    (import "" "dec" (func $dec))
    (global $seen (mut i32) (i32.const 0))
    (func (export "f") (result i32) (call $new (i32.const 40)))
    (func (export "post") (param i32)
      (call $set (i32.const 2))
      (call $inc)
      (call $dec)
      (global.set $seen (i32.add (call $rep (local.get 0)) (call $get))))
    (func (export "seen") (result i32) (global.get $seen)))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "rep" (func $rep)) (export "get" (func $get))
    (export "set" (func $set)) (export "inc" (func $inc)) (export "dec" (func $dec))))))
  (func (export "f") (result u32)
    (canon lift (core func $m "f") (post-return (core func $m "post"))))
  (func (export "seen") (result u32) (canon lift (core func $m "seen"))))

(assert_return (invoke "f") (u32.const 1))
(assert_return (invoke "seen") (u32.const 42))
