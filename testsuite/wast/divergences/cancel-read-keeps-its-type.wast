;; tools#2615
;; The type of `stream.cancel-read` is an index like that of other built-ins, and has to be carried
;; along when a component is encoded anew: with another type the built-in traps.
;; definitions.py: canon_stream_cancel_read, cancel_copy
;; Holds from: 317e475
(component definition $C
  (type $other (stream u16))
  (type $s (stream u8))
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (canon stream.new $s (core func $new))
  (canon stream.read $s async (memory (core memory $memory "mem")) (core func $read))
  (canon stream.cancel-read $s (core func $cancel))
  (canon stream.cancel-read $other (core func $cancel-other))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "cancel" (func $cancel (param i32) (result i32)))
    (import "" "cancel-other" (func $cancel-other (param i32) (result i32)))
    (func $reading (result i32)
      (local $rx i32)
      (local.set $rx (i32.wrap_i64 (call $new)))
      (drop (call $read (local.get $rx) (i32.const 0) (i32.const 4)))
      (local.get $rx))
    (func (export "cancel") (result i32) (call $cancel (call $reading)))
    (func (export "cancel-other") (result i32) (call $cancel-other (call $reading))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "read" (func $read))
    (export "cancel" (func $cancel)) (export "cancel-other" (func $cancel-other))))))
  (func (export "cancel") (result u32) (canon lift (core func $m "cancel")))
  (func (export "cancel-other") (result u32) (canon lift (core func $m "cancel-other"))))

(component instance $i $C)
;; CANCELLED, and no element
(assert_return (invoke "cancel") (u32.const 2))
(assert_trap (invoke "cancel-other") "payload type mismatch")
