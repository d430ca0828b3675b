;; resource.rep gives back all 32 bits that resource.new was given.
(component
  (type $R (resource (rep i32)))
  (canon resource.new $R (core func $new))
  (canon resource.rep $R (core func $rep))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "rep" (func $rep (param i32) (result i32)))
    (func (export "run") (param i32) (result i32)
      (call $rep (call $new (local.get 0)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new))
    (export "rep" (func $rep))))))
  (func (export "run") (param "rep" u32) (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run" (u32.const 0)) (u32.const 0))
(assert_return (invoke "run" (u32.const 0xffffffff)) (u32.const 0xffffffff))
