;; A named instance offers its resource types to later components.
(component $def
  (type $R' (resource (rep i32)))
  (export $R "R" (type $R')))
(component $User
  (import "def" (instance $d (export "R" (type $R (sub resource)))))
  (alias export $d "R" (type $R))
  (canon resource.drop $R (core func $drop))
  (core module $M
    (import "" "drop" (func $drop (param i32)))
    (func (export "run") (call $drop (i32.const 1))))
  (core instance $m (instantiate $M (with "" (instance (export "drop" (func $drop))))))
  (func (export "run") (canon lift (core func $m "run"))))

(assert_trap (invoke "run") "unknown handle index 1")
