;; The strings among many parameters become lazy when the tuple is lowered, one level at a time.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $t (tuple string string string string string string string string string))
  (canon value.lower $t (memory (core memory $mem "mem")) (core func $lower))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $string))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (import "" "string" (func $string (param i32 i32)))
    (func (export "f") (param $i i32) (result i32)
      (call $lower (local.get $i) (i32.const 8))
      (call $string (i32.load (i32.const 72)) (i32.const 200))
      (i32.add (i32.mul (i32.load (i32.const 76)) (i32.const 1000)) (i32.load8_u (i32.const 200)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower)) (export "string" (func $string))))))
  (func (export "f") (param "p0" string) (param "p1" string) (param "p2" string) (param "p3" string) (param "p4" string) (param "p5" string) (param "p6" string) (param "p7" string) (param "p8" string) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "f" (str.const "a") (str.const "aa") (str.const "aaa") (str.const "aaaa") (str.const "aaaaa") (str.const "aaaaaa") (str.const "aaaaaaa") (str.const "aaaaaaaa") (str.const "aaaaaaaaa")) (u32.const 9097))
