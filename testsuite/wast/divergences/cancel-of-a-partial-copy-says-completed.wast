;; CM#719, CM#720
;;
;; A write of 8 elements of which 4 were read has its event pending, and a cancel delivers that one:
;; COMPLETED with 4. wasmtime, jco and the public suite say CANCELLED with 4.
;; Decided by CanonicalABI.md, "canon {stream,future}.cancel-{read,write}" (`cancel_copy`), since
;; 9f0f1d2 (2024-12-23) of WebAssembly/component-model.
;; Holds from: 9f0f1d2
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (stream u8))
  (canon stream.new $t (core func $new))
  (canon stream.read $t async (memory (core memory $mem "mem")) (core func $read))
  (canon stream.write $t async (memory (core memory $mem "mem")) (core func $write))
  (canon stream.cancel-write $t async (core func $cancel))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (import "" "cancel" (func $cancel (param i32) (result i32)))
    (func $is (param $want i32) (param $got i32)
      (if (i32.ne (local.get $want) (local.get $got)) (then (unreachable))))
    (global $r (mut i32) (i32.const 0))
    (global $w (mut i32) (i32.const 0))
    ;; both ends of a new stream
    (func $make (local $ends i64)
      (local.set $ends (call $new))
      (global.set $r (i32.wrap_i64 (local.get $ends)))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
    (func (export "run") (result i32)
      (call $make)
      (i64.store (i32.const 16) (i64.const 0x0807060504030201))
      (call $is (i32.const -1) (call $write (global.get $w) (i32.const 16) (i32.const 8)))
      (call $is (i32.const 0x40 (; COMPLETED, 4 ;))
        (call $read (global.get $r) (i32.const 32) (i32.const 4)))
      (call $is (i32.const 0x40 (; COMPLETED, 4 ;)) (call $cancel (global.get $w)))
      (call $is (i32.const -1) (call $read (global.get $r) (i32.const 40) (i32.const 4)))
      (i32.load (i32.const 40))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "new" (func $new))
    (export "read" (func $read)) (export "write" (func $write))
    (export "cancel" (func $cancel))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run") (u32.const 0))
