;; A value is lifted when it is passed: the caller may write over it before it is lowered.
(component
  (component $C
    (core module $Memory (memory (export "mem") 1))
    (core instance $mem (instantiate $Memory))
    (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
    (canon value.drop (core func $drop))
    (canon task.return (result u32) (core func $return))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "drop" (func $drop (param i32)))
      (import "" "lower" (func $lower (param i32 i32)))
      (import "" "return" (func $return (param i32)))
      (global $i (mut i32) (i32.const 0))
      (func (export "f") (param $i i32) (param $n i32) (result i32)
        (global.set $i (local.get $i))
        ;; YIELD
        (i32.const 1))
      (func (export "callback") (param i32 i32 i32) (result i32)
        (call $lower (global.get $i) (i32.const 100))
        (call $return (i32.load (i32.const 100)))
        (i32.const 0)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "return" (func $return)) (export "lower"
      (func $lower))))))
    (func (export "f") async (param "s" string) (result u32)
      (canon lift (core func $m "f") async lazy (callback (core func $m "callback")))))
  (component $Caller
    (import "c" (instance $c (export "f" (func async (param "s" string) (result u32)))))
    (core module $Memory
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $c "f") (memory (core memory $mem "mem")) async (core func $f))
    (canon waitable-set.new (core func $new))
    (canon waitable.join (core func $join))
    (canon waitable-set.wait (memory (core memory $mem "mem")) (core func $wait))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "f" (func $f (param i32 i32 i32) (result i32)))
      (import "" "new" (func $new (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (import "" "wait" (func $wait (param i32 i32) (result i32)))
      (data (i32.const 16) "wxyz")
      (func (export "run") (result i32) (local $set i32) (local $status i32)
        (local.set $status (call $f (i32.const 16) (i32.const 4) (i32.const 32)))
        (i32.store (i32.const 16) (i32.const 0))
        ;; RETURNED is 2
        (if (i32.ne (local.get $status) (i32.const 2))
          (then
            (local.set $set (call $new))
            (call $join (i32.shr_u (local.get $status) (i32.const 4)) (local.get $set))
            (drop (call $wait (local.get $set) (i32.const 64)))))
        (i32.load (i32.const 32))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "f" (func $f))
      (export "new" (func $new)) (export "join" (func $join)) (export "wait" (func $wait))))))
    (func (export "run") async (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $caller (instantiate $Caller (with "c" (instance $c))))
  (export "run" (func $caller "run")))

(assert_return (invoke "run") (u32.const 0x7a797877))
