;; Returning an own handle takes it out of the table of the component that returns it.
(component definition $C
  (type $R' (resource (rep i32)))
  (export $R "R" (type $R'))
  (canon resource.new $R' (core func $new))
  (canon resource.rep $R' (core func $rep))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "rep" (func $rep (param i32) (result i32)))
    (func (export "make") (result i32) (call $new (i32.const 5)))
    (func (export "look") (param i32) (result i32) (call $rep (local.get 0))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new))
    (export "rep" (func $rep))))))
  (func (export "make") (result (own $R)) (canon lift (core func $m "make")))
  (func (export "look") (param "i" u32) (result u32) (canon lift (core func $m "look"))))

(component instance $i $C)
(invoke "make")
(assert_trap (invoke "look" (u32.const 1)) "unknown handle index 1")
