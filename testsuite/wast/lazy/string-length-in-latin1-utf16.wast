;; The length beside the index is the exact number of code units in the encoding of the receiver,
;; latin1+utf16.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (func (export "index") (param i32 i32) (result i32) (local.get 0))
    (func (export "length") (param i32 i32) (result i32) (local.get 1)))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop))))))
  (func (export "length") (param "s" string) (result u32)
    (canon lift (core func $m "length") lazy string-encoding=latin1+utf16)))

(assert_return (invoke "length" (str.const "a\u{e9}")) (u32.const 2))
(assert_return (invoke "length" (str.const "a\u{20ac}")) (u32.const 2147483650))
(assert_return (invoke "length" (str.const "")) (u32.const 0))
