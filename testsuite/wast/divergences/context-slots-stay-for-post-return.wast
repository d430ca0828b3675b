;; WT#14139
;;
;; A post-return function runs on the thread of the call that it follows, and sees its context slots; the
;; caller's slots are others.
;;
;; WT#14139: in a call from component to component it saw those of the caller.
;; Decided by CanonicalABI.md, "canon lift", since fe659df (2024-12-09) of
;; WebAssembly/component-model.
;; Holds from: fe659df
(component
  (component $Callee
    (canon context.get i32 0 (core func $get))
    (canon context.set i32 0 (core func $set))
    (core module $M
      (import "" "get" (func $get (result i32)))
      (import "" "set" (func $set (param i32)))
      (global $seen (mut i32) (i32.const 99))
      (func (export "f") (call $set (i32.const 7)))
      (func (export "post") (global.set $seen (call $get)) (call $set (i32.const 8)))
      (func (export "seen") (result i32) (global.get $seen)))
    (core instance $m (instantiate $M (with "" (instance
      (export "get" (func $get)) (export "set" (func $set))))))
    (func (export "f") (canon lift (core func $m "f") (post-return (core func $m "post"))))
    (func (export "seen") (result u32) (canon lift (core func $m "seen"))))
  (component $Caller
    (import "f" (func $f))
    (canon context.get i32 0 (core func $get))
    (canon context.set i32 0 (core func $set))
    (core func $f' (canon lower (func $f)))
    (core module $M
      (import "" "get" (func $get (result i32)))
      (import "" "set" (func $set (param i32)))
      (import "" "f" (func $f))
      (func (export "run") (result i32)
        (call $set (i32.const 5))
        (call $f)
        (call $get)))
    (core instance $m (instantiate $M (with "" (instance
      (export "get" (func $get)) (export "set" (func $set)) (export "f" (func $f'))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller (with "f" (func $callee "f"))))
  (func (export "run") (alias export $caller "run"))
  (func (export "seen") (alias export $callee "seen")))

(assert_return (invoke "run") (u32.const 5))
(assert_return (invoke "seen") (u32.const 7))
