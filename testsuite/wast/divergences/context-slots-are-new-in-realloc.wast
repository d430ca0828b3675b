;; CM#678, CM#680, WT#13949
;;
;; realloc runs on a thread of its own: its context slots start at 0, and what it sets there is gone
;; when it has returned.
;;
;; CM#678, CM#680: the document did not say whose slots it sees. WT#13949: those of what ran last.
;; Decided by CanonicalABI.md, "Lifting and Lowering Context", since 7972c14 (2026-07-24) of
;; WebAssembly/component-model.
;; Holds from: 7972c14
(component
  (component $Callee
    (canon context.get i32 0 (core func $get))
    (canon context.set i32 0 (core func $set))
    (core module $Alloc
      (import "" "get" (func $get (result i32)))
      (import "" "set" (func $set (param i32)))
      (memory (export "mem") 1)
      (global $seen (mut i32) (i32.const 99))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (global.set $seen (call $get))
        (call $set (i32.const 7))
        (i32.const 64))
      ;; (string) -> (tuple u32 u32)
      (func (export "take") (param i32 i32) (result i32)
        (i32.store (i32.const 0) (global.get $seen))
        (i32.store (i32.const 4) (call $get))
        (i32.const 0)))
    (core instance $m (instantiate $Alloc (with "" (instance
      (export "get" (func $get)) (export "set" (func $set))))))
    (func (export "take") (param "s" string) (result (tuple u32 u32))
      (canon lift (core func $m "take") (memory (core memory $m "mem"))
        (realloc (core func $m "realloc")))))
  (component $Caller
    (import "take" (func $take (param "s" string) (result (tuple u32 u32))))
    (canon context.get i32 0 (core func $get))
    (canon context.set i32 0 (core func $set))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (alias core export $memory "mem" (core memory $mem))
    (core func $take' (canon lower (func $take) (memory $mem)))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "get" (func $get (result i32)))
      (import "" "set" (func $set (param i32)))
      (import "" "take" (func $take (param i32 i32 i32)))
      (func (export "run") (result i32)
        (call $set (i32.const 5))
        (call $take (i32.const 0) (i32.const 3) (i32.const 16))
        (i32.store (i32.const 24) (call $get))
        (i32.const 16)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem)) (export "get" (func $get)) (export "set" (func $set))
      (export "take" (func $take'))))))
    (func (export "run") (result (tuple u32 u32 u32))
      (canon lift (core func $m "run") (memory $mem))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller (with "take" (func $callee "take"))))
  (func (export "from-a-component") (alias export $caller "run"))
  (func (export "from-the-host") (alias export $callee "take")))

;; what realloc saw, what the callee saw then, and what the caller saw afterwards
(assert_return (invoke "from-a-component")
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 5)))
(assert_return (invoke "from-the-host" (str.const "abc"))
  (tuple.const (u32.const 0) (u32.const 0)))

;; This keeps the script out of 1.0-pre: adapted, realloc runs on the thread of the call (spec/lazy.md).
(component definition (type (list u8 4)))
