;; WT#12966
;;
;; Both ends of a stream are in one instance, and each has a memory of its own: what is written in one
;; is read in the other.
;;
;; WT#12966: since the instance was the same, the bytes were moved inside of one memory.
;; Decided by CanonicalABI.md, "canon stream.{read,write}", since 0352151 (2025-12-15) of
;; WebAssembly/component-model.
;; Holds from: 0352151
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $one (instantiate $Memory))
  (core instance $two (instantiate $Memory))
  (alias core export $one "mem" (core memory $mem-1))
  (alias core export $two "mem" (core memory $mem-2))
  (type $S (stream u8))
  (canon stream.new $S (core func $new))
  (canon stream.read $S async (memory $mem-1) (core func $read))
  (canon stream.write $S async (memory $mem-2) (core func $write))
  (core module $M
    (import "" "mem-1" (memory $mem-1 1))
    (import "" "mem-2" (memory $mem-2 1))
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (func (export "run") (result i32) (local $ends i64)
      (local.set $ends (call $new))
      (i32.store $mem-1 (i32.const 8) (i32.const 0x11111111))
      (i32.store $mem-2 (i32.const 8) (i32.const 0x22222222))
      (drop (call $read (i32.wrap_i64 (local.get $ends)) (i32.const 0) (i32.const 4)))
      (drop (call $write (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))
        (i32.const 8) (i32.const 4)))
      (i32.load $mem-1 (i32.const 0))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem-1" (memory $mem-1)) (export "mem-2" (memory $mem-2))
    (export "new" (func $new)) (export "read" (func $read)) (export "write" (func $write))))))
  (func (export "run") (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run") (u32.const 0x22222222))
