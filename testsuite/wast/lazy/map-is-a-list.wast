;; A map is the lazy value of a list of pairs; value.lower names it as a map.
(component
  (component $C
    (core module $Memory (memory (export "mem") 1))
    (core instance $mem (instantiate $Memory))
    (type $m (map u8 u32))
    (canon value.lower $m (memory (core memory $mem "mem")) (core func $lower))
    (canon value.drop (core func $drop))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "drop" (func $drop (param i32)))
      (import "" "lower" (func $lower (param i32 i32)))
      (func (export "f") (param $i i32) (param $n i32) (result i32)
        (call $lower (local.get $i) (i32.const 8))
        (i32.add (i32.load (i32.const 12)) (i32.load8_u (i32.const 8)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
      (func $lower))))))
    (func (export "f") (param "m" $m) (result u32)
      (canon lift (core func $m "f") lazy)))
  (component $Caller
    (import "c" (instance $c (export "f" (func (param "m" (map u8 u32)) (result u32)))))
    (core module $Memory
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $c "f") (memory (core memory $mem "mem")) (core func $f))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "f" (func $f (param i32 i32) (result i32)))
      (func (export "run") (result i32)
        (i32.store8 (i32.const 0) (i32.const 1))
        (i32.store (i32.const 4) (i32.const 1000))
        (call $f (i32.const 0) (i32.const 1))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "f" (func $f))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $caller (instantiate $Caller (with "c" (instance $c))))
  (export "run" (func $caller "run")))

(assert_return (invoke "run") (u32.const 1001))
