;; WT#14018
;;
;; Where the ends of a stream are in two instances, the elements may be anything.
;;
;; WT#14018: instances were told apart by a number that is good inside of one component only, so that a
;; copy between two of them trapped as one inside of an instance. A script cannot link functions of two
;; top-level instances here; this is the rule for two instances of one component.
;; Decided by CanonicalABI.md, "Stream State", since 0352151 (2025-12-15) of
;; WebAssembly/component-model.
;; Holds from: 0352151
(component
  (component $Writer
    (core module $Memory (memory (export "mem") 1) (data (i32.const 0) "\00\01\01"))
    (core instance $memory (instantiate $Memory))
    (alias core export $memory "mem" (core memory $mem))
    (type $S (stream bool))
    (canon stream.new $S (core func $new))
    (canon stream.write $S async (memory $mem) (core func $write))
    (core module $M
      (import "" "new" (func $new (result i64)))
      (import "" "write" (func $write (param i32 i32 i32) (result i32)))
      (func (export "f") (result i32) (local $ends i64)
        (local.set $ends (call $new))
        (if (i32.ne (i32.const -1 (; BLOCKED ;))
              (call $write (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))
                (i32.const 0) (i32.const 3)))
          (then (unreachable)))
        (i32.wrap_i64 (local.get $ends))))
    (core instance $m (instantiate $M (with "" (instance
      (export "new" (func $new)) (export "write" (func $write))))))
    (func (export "f") (result (stream bool)) (canon lift (core func $m "f"))))
  (component $Reader
    (import "f" (func $writer-f (result (stream bool))))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (alias core export $memory "mem" (core memory $mem))
    (type $S (stream bool))
    (canon stream.read $S async (memory $mem) (core func $read))
    (core func $f (canon lower (func $writer-f)))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "read" (func $read (param i32 i32 i32) (result i32)))
      (import "" "f" (func $f (result i32)))
      (func (export "run") (result i32)
        (i32.store (i32.const 4) (call $read (call $f) (i32.const 0) (i32.const 3)))
        (i32.const 0)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem)) (export "read" (func $read)) (export "f" (func $f))))))
    (func (export "run") (result (tuple bool bool bool u32))
      (canon lift (core func $m "run") (memory $mem))))
  (instance $writer (instantiate $Writer))
  (instance $reader (instantiate $Reader (with "f" (func $writer "f"))))
  (func (export "run") (alias export $reader "run")))

(assert_return (invoke "run")
  (tuple.const (bool.const false) (bool.const true) (bool.const true)
    (u32.const 0x30 (; COMPLETED, 3 elements ;))))
