;; A lift whose parameters are lazy needs neither a memory nor a realloc, where nothing is lifted.
(component
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "drop" (func $drop (param i32)))
    (func (export "f") (param $i i32) (param $n i32) (result i32)
      (call $drop (local.get $i))
      (local.get $n)))
  (core instance $m (instantiate $M (with "" (instance (export "drop" (func $drop))))))
  (func (export "f") (param "s" string) (result u32)
    (canon lift (core func $m "f") lazy)))

(assert_return (invoke "f" (str.const "abc")) (u32.const 3))
