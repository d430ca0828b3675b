;; A trap in a destructor is the trap of whoever dropped the handle.
(component
  (core module $Dtor
    (func (export "dtor") (param i32) unreachable))
  (core instance $dtor (instantiate $Dtor))
  (type $R (resource (rep i32) (dtor (core func $dtor "dtor"))))
  (canon resource.new $R (core func $new))
  (canon resource.drop $R (core func $drop))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "run") (call $drop (call $new (i32.const 1)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new))
    (export "drop" (func $drop))))))
  (func (export "run") (canon lift (core func $m "run"))))

(assert_trap (invoke "run") "unreachable")
