;; A destructor of what was not lowered drops the error context that is being returned: the caller gets
;; it all the same.
(component
  (component $C
    (core module $Memory (memory (export "mem") 1) (data (i32.const 8) "what"))
    (core instance $mem (instantiate $Memory))
    (canon error-context.new (memory (core memory $mem "mem")) (core func $new-context))
    (canon error-context.drop (core func $drop-context))
    (core module $D
      (import "" "drop-context" (func $drop-context (param i32)))
      (global (export "context") (mut i32) (i32.const 0))
      (func (export "dtor") (param i32) (call $drop-context (global.get 0))))
    (core instance $d (instantiate $D (with "" (instance
      (export "drop-context" (func $drop-context))))))
    (type $r (resource (rep i32) (dtor (core func $d "dtor"))))
    (canon resource.new $r (core func $new))
    (core module $M
      (import "" "context" (global $context (mut i32)))
      (import "" "new-context" (func $new-context (param i32 i32) (result i32)))
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (result i32) (call $new (i32.const 7)))
      (func (export "f") (param i32 i32) (result i32)
        (global.set $context (call $new-context (i32.const 8) (i32.const 4)))
        (global.get $context)))
    (core instance $m (instantiate $M (with "" (instance
      (export "context" (global $d "context")) (export "new-context" (func $new-context))
      (export "new" (func $new))))))
    (export $r' "r" (type $r))
    (func (export "make") (result (own $r')) (canon lift (core func $m "make")))
    (func (export "f") (param "l" (list (own $r'))) (result error-context)
      (canon lift (core func $m "f") lazy)))
  (component $Caller
    (import "c" (instance $c (export "r" (type $r (sub resource)))
      (export "make" (func (result (own $r))))
      (export "f" (func (param "l" (list (own $r))) (result error-context)))))
    (core module $Memory (memory (export "mem") 1))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $c "make") (core func $make))
    (canon lower (func $c "f") (memory (core memory $mem "mem")) (core func $f))
    (canon error-context.debug-message (memory (core memory $mem "mem")) lazy (core func $message))
    (canon error-context.drop (core func $drop))
    (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "make" (func $make (result i32)))
      (import "" "f" (func $f (param i32 i32) (result i32)))
      (import "" "message" (func $message (param i32 i32)))
      (import "" "drop" (func $drop (param i32)))
      (import "" "lower" (func $lower (param i32 i32)))
      (func (export "run") (result i32) (local $context i32)
        (i32.store (i32.const 16) (call $make))
        (local.set $context (call $f (i32.const 16) (i32.const 1)))
        (call $message (local.get $context) (i32.const 24))
        (call $lower (i32.load (i32.const 24)) (i32.const 64))
        ;; the message may be left out
        (if (i32.load (i32.const 28))
          (then (if (i32.ne (i32.load (i32.const 64)) (i32.const 0x74616877)) (then (unreachable)))))
        (call $drop (local.get $context))
        (i32.const 1)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "make" (func $make)) (export "f" (func $f))
      (export "message" (func $message)) (export "drop" (func $drop)) (export "lower" (func $lower))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $caller (instantiate $Caller (with "c" (instance $c))))
  (export "run" (func $caller "run")))

(assert_return (invoke "run") (u32.const 1))
