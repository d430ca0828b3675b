;; CM#679, WT#11675
;; What is read from a stream is what lay in the writer's buffer. A script of the suite compared it
;; with a number that its writer had never stored, which no runtime could pass.
;; definitions.py: SharedStreamImpl.write, BufferGuestImpl.read
;; Holds from: 0352151
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "mem" (core memory $mem))
  (type $s (stream u8))
  (canon stream.new $s (core func $new))
  (canon stream.read $s async (memory (core memory $mem)) (core func $read))
  (canon stream.write $s async (memory (core memory $mem)) (core func $write))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (func (export "copy") (param $stored i32) (result i32)
      (local $ends i64)
      (local.set $ends (call $new))
      (i32.store (i32.const 16) (i32.const -1))
      (drop (call $read (i32.wrap_i64 (local.get $ends)) (i32.const 16) (i32.const 4)))
      (i32.store (i32.const 32) (local.get $stored))
      (drop (call $write (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))
        (i32.const 32) (i32.const 4)))
      (i32.load (i32.const 16))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem)) (export "new" (func $new))
    (export "read" (func $read)) (export "write" (func $write))))))
  (func (export "copy") (param "stored" u32) (result u32) (canon lift (core func $m "copy"))))

(assert_return (invoke "copy" (u32.const 0x89abcdef)) (u32.const 0x89abcdef))
(assert_return (invoke "copy" (u32.const 0)) (u32.const 0))
