;; A length of 0 still gets an index, which value.lower takes.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i32)
      (call $lower (local.get $i) (i32.const 65536))
      (local.get $n))
    (func (export "index") (param i32 i32) (result i32) (local.get 0))
    (func (export "length") (param i32 i32) (result i32) (local.get 1)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower))))))
  (func (export "f") (param "s" string) (result u32)
    (canon lift (core func $m "f") lazy))
  (func (export "index") (param "s" string) (result u32)
    (canon lift (core func $m "index") lazy)))

(assert_return (invoke "f" (str.const "")) (u32.const 0))
(assert_return (invoke "index" (str.const "")) (u32.const 1))
