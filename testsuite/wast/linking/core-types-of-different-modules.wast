;; Core modules of a component agree on types that are equal, whatever their index is, and whatever
;; else is in the module; a sub type is good where its super type is wanted.
(component definition $C
  (core module $Makes
    (type $other (func (param f64)))
    (rec (type $list (sub (struct (field i32) (field (ref null $list))))))
    (type $make (func (param i32 (ref null $list)) (result (ref $list))))
    (global (export "empty") (ref null $list) (ref.null $list))
    (func (export "cons") (type $make)
      (struct.new $list (local.get 0) (local.get 1))))
  (core module $Sums
    (rec (type $list (sub (struct (field i32) (field (ref null $list))))))
    (import "m" "cons" (func $cons (param i32 (ref null $list)) (result (ref $list))))
    (import "m" "empty" (global $empty (ref null $list)))
    (func $sum (param (ref null $list)) (result i32)
      (if (ref.is_null (local.get 0)) (then (return (i32.const 0))))
      (i32.add (struct.get $list 0 (local.get 0))
        (call $sum (struct.get $list 1 (local.get 0)))))
    (func (export "sum") (result i32)
      (call $sum (call $cons (i32.const 40) (call $cons (i32.const 2) (global.get $empty))))))
  (core instance $makes (instantiate $Makes))
  (core instance $sums (instantiate $Sums (with "m" (instance $makes))))
  (func (export "sum") (result u32) (canon lift (core func $sums "sum"))))
(component instance $c $C)
(assert_return (invoke "sum") (u32.const 42))

;; The same by a module type.
(component
  (core type $list (sub (struct (field i32) (field (ref null 0)))))
  (component $Inner
    (core type $M (module
      (type $list (sub (struct (field i32) (field (ref null $list)))))
      (type $f (func (result (ref null $list))))
      (export "f" (func (type $f)))))
    (import "m" (core module (type $M))))
  (core module $Given
    (type $list (sub (struct (field i32) (field (ref null $list)))))
    (func (export "f") (result (ref null $list)) (ref.null $list)))
  (instance (instantiate $Inner (with "m" (core module $Given)))))

;; Another type of the list is another type.
(assert_invalid
  (component
    (core module $Makes
      (type $list (sub (struct (field i64))))
      (global (export "empty") (ref null $list) (ref.null $list)))
    (core module $Takes
      (type $list (sub (struct (field i32))))
      (import "m" "empty" (global $empty (ref null $list))))
    (core instance $makes (instantiate $Makes))
    (core instance (instantiate $Takes (with "m" (instance $makes)))))
  "core global type mismatch")

;; A global that cannot change may have a sub type of what is wanted.
(component
  (core module $Makes
    (type $a (sub (struct)))
    (type $b (sub $a (struct (field i32))))
    (global (export "g") (ref $b) (struct.new $b (i32.const 1))))
  (core module $Takes
    (type $a (sub (struct)))
    (import "m" "g" (global (ref null $a))))
  (core instance $makes (instantiate $Makes))
  (core instance (instantiate $Takes (with "m" (instance $makes)))))

;; And between a module that was there before and the type that it is imported with.
(component $provider
  (core module $M
    (type (func (param i64)))
    (type $list (sub (struct (field i32) (field (ref null $list)))))
    (func (export "f") (param (ref null $list)) (result i32) (i32.const 12)))
  (export "m" (core module $M)))
(component
  (import "provider" (instance $p
    (export "m" (core module
      (type $list (sub (struct (field i32) (field (ref null $list)))))
      (type $f (func (param (ref null $list)) (result i32)))
      (export "f" (func (type $f)))))))
  (alias export $p "m" (core module $M))
  (core module $Calls
    (type $list (sub (struct (field i32) (field (ref null $list)))))
    (import "m" "f" (func $f (param (ref null $list)) (result i32)))
    (func (export "f") (result i32) (call $f (struct.new_default $list))))
  (core instance $m (instantiate $M))
  (core instance $calls (instantiate $Calls (with "m" (instance $m))))
  (func (export "f") (result u32) (canon lift (core func $calls "f"))))
(assert_return (invoke "f") (u32.const 12))
(assert_unlinkable
  (component
    (import "provider" (instance
      (export "m" (core module
        (type $list (sub (struct (field i64))))
        (type $f (func (param (ref null $list)) (result i32)))
        (export "f" (func (type $f))))))))
  "incompatible import type")
