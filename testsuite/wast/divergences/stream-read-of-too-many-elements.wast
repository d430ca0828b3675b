;; WT#13086
;;
;; A read of 2^28 elements traps, even if they take no room in memory. One element less may wait.
;;
;; WT#13086: the read was BLOCKED. The result of a copy has 28 bits for the number of elements,
;; so one of that many comes out as 0.
;; Decided by CanonicalABI.md, "Buffer State" (`BufferGuestImpl`), since 4fb85b4 (2025-04-14) of
;; WebAssembly/component-model.
;; Holds from: 4fb85b4
(component
  (type $t (stream))
  (canon stream.new $t (core func $new))
  (canon stream.read $t async (core func $read))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (global $r (mut i32) (i32.const 0))
    (global $w (mut i32) (i32.const 0))
    ;; both ends of a new stream
    (func $make (local $ends i64)
      (local.set $ends (call $new))
      (global.set $r (i32.wrap_i64 (local.get $ends)))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
    (func (export "run") (param $n i32) (result i32)
      (call $make)
      (call $read (global.get $r) (i32.const 0) (local.get $n))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "read" (func $read))))))
  (func (export "run") async (param "n" u32) (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run" (u32.const 0x0fffffff)) (u32.const 0xffffffff (; BLOCKED ;)))
(assert_trap (invoke "run" (u32.const 0x10000000)) "stream read/write count too large")
