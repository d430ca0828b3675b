;; value.lower stores the code units of the receiver's encoding: latin1.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (canon value.lower string (memory (core memory $mem "mem")) string-encoding=latin1+utf16 (core func $lower))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i64)
      (call $lower (local.get $i) (i32.const 64))
      (i64.load (i32.const 64))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower))))))
  (func (export "f") (param "s" string) (result u64)
    (canon lift (core func $m "f") lazy string-encoding=latin1+utf16)))

(assert_return (invoke "f" (str.const "a\u{e9}b")) (u64.const 0x62e961))
