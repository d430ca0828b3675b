;; A record stays inline, with the strings in it as indices and lengths.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $mem (instantiate $Memory))
  (type $r' (record (field "a" u32) (field "s" string) (field "b" u32)))
  (export $r "r" (type $r'))
  (canon value.lower string (memory (core memory $mem "mem")) (core func $lower))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lower" (func $lower (param i32 i32)))
    (func (export "f") (param $a i32) (param $i i32) (param $n i32) (param $b i32) (result i32)
      (call $lower (local.get $i) (i32.const 8))
      (i32.add (i32.add (local.get $a) (local.get $b)) (i32.load8_u (i32.const 8)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $mem "mem")) (export "drop" (func $drop)) (export "lower"
    (func $lower))))))
  (func (export "f") (param "r" $r) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "f" (record.const (field "a" (u32.const 1000)) (field "s" (str.const "\01")) (field "b" (u32.const 100)))) (u32.const 1101))
