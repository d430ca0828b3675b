;; CM#719, CM#720
;;
;; An end of a stream that does nothing is told by no event that the other end was dropped; the next read or
;; write says DROPPED.
;;
;; CM#719, CM#720: wasmtime delivered DROPPED at once to the set that the end was in, and the document does
;; the same, but only after the commit that is pinned here.
;; Decided by CanonicalABI.md, "Stream State" (`SharedStreamImpl.drop`), since 9f0f1d2 (2024-12-23) of
;; WebAssembly/component-model.
;; Holds from: 9f0f1d2
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "mem" (core memory $mem))
  (type $S (stream u8))
  (canon stream.new $S (core func $new))
  (canon stream.read $S async (memory $mem) (core func $read))
  (canon stream.drop-writable $S (core func $drop-writable))
  (canon waitable-set.new (core func $set-new))
  (canon waitable-set.poll (memory $mem) (core func $poll))
  (canon waitable.join (core func $join))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "poll" (func $poll (param i32 i32) (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (func (export "run") (result i32) (local $ends i64) (local $set i32)
      (local.set $ends (call $new))
      (local.set $set (call $set-new))
      (call $join (i32.wrap_i64 (local.get $ends)) (local.get $set))
      (call $drop-writable (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (i32.store (i32.const 16) (call $poll (local.get $set) (i32.const 0)))
      (i32.store (i32.const 20)
        (call $read (i32.wrap_i64 (local.get $ends)) (i32.const 32) (i32.const 4)))
      (i32.const 16)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem)) (export "new" (func $new)) (export "read" (func $read))
    (export "drop-writable" (func $drop-writable)) (export "set-new" (func $set-new))
    (export "poll" (func $poll)) (export "join" (func $join))))))
  (func (export "run") (result (tuple u32 u32))
    (canon lift (core func $m "run") (memory $mem))))

(assert_return (invoke "run")
  (tuple.const (u32.const 0 (; NONE ;)) (u32.const 1 (; DROPPED ;))))
