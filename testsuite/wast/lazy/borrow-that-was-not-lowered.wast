;; A borrow that was never lowered does not count.
(component
  (component $Owner
    (type $r' (resource (rep i32)))
    (export $r "r" (type $r'))
    (canon resource.new $r' (core func $new))
    (core module $M
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (result i32) (call $new (i32.const 5))))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
    (func (export "make") (result (own $r)) (canon lift (core func $m "make"))))
  (instance $owner (instantiate $Owner))
  (component $User
    (import "r" (type $r (sub resource)))
    (core module $Memory (memory (export "mem") 1))
    (core instance $mem (instantiate $Memory))
    (type $bs (list (borrow $r)))
    (canon value.lower $bs (memory (core memory $mem "mem")) (core func $lower))
    (canon value.drop (core func $drop))
    (canon resource.drop $r (core func $drop-r))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "lower" (func $lower (param i32 i32)))
      (import "" "drop" (func $drop (param i32)))
      (import "" "drop-r" (func $drop-r (param i32)))
      (func (export "f") (param $i i32) (param $n i32) (result i32)
        (i32.const 8)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "lower" (func $lower))
      (export "drop" (func $drop)) (export "drop-r" (func $drop-r))))))
    (func (export "f") (param "l" (list (borrow $r))) (result u32)
      (canon lift (core func $m "f") lazy)))
  (instance $user (instantiate $User (with "r" (type $owner "r"))))
  (component $Caller
    (import "r" (type $r (sub resource)))
    (import "make" (func $make (result (own $r))))
    (import "f" (func $f (param "l" (list (borrow $r))) (result u32)))
    (core module $Memory (memory (export "mem") 1))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $make) (core func $make))
    (canon lower (func $f) (memory (core memory $mem "mem")) (core func $f))
    (canon resource.drop $r (core func $drop-r))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "make" (func $make (result i32)))
      (import "" "f" (func $f (param i32 i32) (result i32)))
      (import "" "drop-r" (func $drop-r (param i32)))
      (func (export "run") (result i32) (local $h i32) (local $result i32)
        (local.set $h (call $make))
        (i32.store (i32.const 0) (local.get $h))
        (local.set $result (call $f (i32.const 0) (i32.const 1)))
        ;; traps while it is lent
        (call $drop-r (local.get $h))
        (local.get $result)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "make" (func $make)) (export "f" (func $f))
      (export "drop-r" (func $drop-r))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $caller (instantiate $Caller
    (with "r" (type $owner "r")) (with "make" (func $owner "make")) (with "f" (func $user "f"))))
  (export "run" (func $caller "run")))

(assert_return (invoke "run") (u32.const 8))
