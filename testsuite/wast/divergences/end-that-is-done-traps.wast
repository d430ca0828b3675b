;; WT#14360, WT#11683
;; A stream whose other end is gone says so once, and traps at the next read or write. The texts of
;; such traps begin alike, and a runner that compared only the beginning never noticed that one of
;; them was not raised any more. The definitions have one trap for both, and core code's is
;; another. That a part of a text is no text: testsuite/cli/run.sh (part-of-a-text).
;; definitions.py: stream_copy
;; Holds from: c90abf1
(component definition $C
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "mem" (core memory $mem))
  (type $s (stream u8))
  (canon stream.new $s (core func $new))
  (canon stream.read $s async (memory (core memory $mem)) (core func $read))
  (canon stream.write $s async (memory (core memory $mem)) (core func $write))
  (canon stream.drop-readable $s (core func $drop-readable))
  (canon stream.drop-writable $s (core func $drop-writable))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (import "" "drop-readable" (func $drop-readable (param i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (func (export "read") (param $times i32) (result i32)
      (local $ends i64) (local $last i32)
      (local.set $ends (call $new))
      (call $drop-writable (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (loop $again
        (local.set $last (call $read (i32.wrap_i64 (local.get $ends)) (i32.const 0) (i32.const 1)))
        (local.set $times (i32.sub (local.get $times) (i32.const 1)))
        (br_if $again (local.get $times)))
      (local.get $last))
    (func (export "write") (param $times i32) (result i32)
      (local $ends i64) (local $tx i32) (local $last i32)
      (local.set $ends (call $new))
      (local.set $tx (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (call $drop-readable (i32.wrap_i64 (local.get $ends)))
      (loop $again
        (local.set $last (call $write (local.get $tx) (i32.const 0) (i32.const 1)))
        (local.set $times (i32.sub (local.get $times) (i32.const 1)))
        (br_if $again (local.get $times)))
      (local.get $last))
    (func (export "unreachable") unreachable))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "read" (func $read)) (export "write" (func $write))
    (export "drop-readable" (func $drop-readable))
    (export "drop-writable" (func $drop-writable))))))
  (func (export "read") (param "times" u32) (result u32) (canon lift (core func $m "read")))
  (func (export "write") (param "times" u32) (result u32) (canon lift (core func $m "write")))
  (func (export "unreachable") (canon lift (core func $m "unreachable"))))

;; DROPPED is 1
(component instance $i $C)
(assert_return (invoke "read" (u32.const 1)) (u32.const 1))
(assert_return (invoke "write" (u32.const 1)) (u32.const 1))
(assert_trap (invoke "read" (u32.const 2))
  "cannot read from stream after being notified that the writable end dropped")
(component instance $i $C)
(assert_trap (invoke "write" (u32.const 2))
  "cannot write to stream after being notified that the readable end dropped")
(component instance $i $C)
(assert_trap (invoke "unreachable") "wasm `unreachable` instruction executed")
