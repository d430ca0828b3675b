;; Dropping an own handle calls the destructor with the representation.
(component
  (core module $Dtor
    (global $last (mut i32) (i32.const 0))
    (func (export "dtor") (param i32) (global.set $last (local.get 0)))
    (func (export "last") (result i32) (global.get $last)))
  (core instance $dtor (instantiate $Dtor))
  (type $R (resource (rep i32) (dtor (core func $dtor "dtor"))))
  (canon resource.new $R (core func $new))
  (canon resource.drop $R (core func $drop))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "run") (param i32)
      (call $drop (call $new (local.get 0)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new))
    (export "drop" (func $drop))))))
  (func (export "run") (param "rep" u32) (canon lift (core func $m "run")))
  (func (export "last") (result u32) (canon lift (core func $dtor "last"))))

(assert_return (invoke "last") (u32.const 0))
(assert_return (invoke "run" (u32.const 7)))
(assert_return (invoke "last") (u32.const 7))
