;; WT#12166
;;
;; A stream that has no element type is read and written without a memory.
;;
;; WT#12166: stream.read without a memory was invalid, though future.read was not.
;; Decided by CanonicalABI.md, "canon stream.{read,write}", since 3bb138a (2025-12-15) of
;; WebAssembly/component-model, whose test/ has it, too.
;; Holds from: 3bb138a
(component
  (type $S (stream))
  (canon stream.new $S (core func $new))
  (canon stream.read $S async (core func $read))
  (canon stream.write $S async (core func $write))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (func (export "f") (result i32) (local $ends i64)
      (local.set $ends (call $new))
      (if (i32.ne (i32.const -1 (; BLOCKED ;))
            (call $read (i32.wrap_i64 (local.get $ends)) (i32.const 0) (i32.const 3)))
        (then (unreachable)))
      ;; pointers mean nothing here
      (call $write (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))
        (i32.const 0xdeadbeef) (i32.const 2))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "read" (func $read)) (export "write" (func $write))))))
  (func (export "f") (result u32) (canon lift (core func $m "f"))))

(assert_return (invoke "f") (u32.const 0x20 (; COMPLETED, 2 elements ;)))
