;; Each instantiation of a component makes fresh resource types: a handle of one instance is
;; of the wrong type for its twin.
(component
  (component $Def
    (type $R' (resource (rep i32)))
    (export $R "R" (type $R'))
    (canon resource.new $R' (core func $new))
    (core module $M
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (result i32) (call $new (i32.const 5))))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
    (func (export "make") (result (own $R)) (canon lift (core func $m "make"))))
  (component $User
    (import "a" (instance $a
      (export "R" (type $R (sub resource)))
      (export "make" (func (result (own $R))))))
    (import "b" (instance $b
      (export "R" (type $R (sub resource)))))
    (alias export $b "R" (type $R-of-b))
    (canon resource.drop $R-of-b (core func $drop))
    (core func $make (canon lower (func $a "make")))
    (core module $M
      (import "" "make" (func $make (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "run") (call $drop (call $make))))
    (core instance $m (instantiate $M (with "" (instance
      (export "make" (func $make))
      (export "drop" (func $drop))))))
    (func (export "run") (canon lift (core func $m "run"))))
  (instance $a (instantiate $Def))
  (instance $b (instantiate $Def))
  (instance $same (instantiate $User (with "a" (instance $a)) (with "b" (instance $a))))
  (instance $mixed (instantiate $User (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "same") (alias export $same "run"))
  (func (export "mixed") (alias export $mixed "run")))

(assert_return (invoke "same"))
(assert_trap (invoke "mixed")
  "handle index 1 used with the wrong type, expected guest-defined resource but found a different guest-defined resource")
