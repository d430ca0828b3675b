;; A string arrives as the index of a lazy value and its length; value.lower stores it.
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
      (call $lower (local.get $i) (i32.const 100))
      (i32.load (i32.const 100)))
    (func (export "index") (param i32 i32) (result i32) (local.get 0))
    (func (export "length") (param i32 i32) (result i32) (local.get 1)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower))))))
  (func (export "f") (param "s" string) (result u32)
    (canon lift (core func $m "f") lazy))
  (func (export "index") (param "s" string) (result u32)
    (canon lift (core func $m "index") lazy))
  (func (export "length") (param "s" string) (result u32)
    (canon lift (core func $m "length") lazy)))

(assert_return (invoke "f" (str.const "abcd")) (u32.const 0x64636261))
(assert_return (invoke "index" (str.const "abcd")) (u32.const 1))
(assert_return (invoke "length" (str.const "abcd")) (u32.const 4))
