;; A component that is lent a handle has to drop the borrow before its call returns.
(component definition $Lend
  (component $Def
    (type $R' (resource (rep i32)))
    (export $R "R" (type $R'))
    (canon resource.new $R' (core func $new))
    (core module $M
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (result i32) (call $new (i32.const 5))))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
    (func (export "make") (result (own $R)) (canon lift (core func $m "make"))))
  (component $Borrower
    (import "R" (type $R (sub resource)))
    (canon resource.drop $R (core func $drop))
    (core module $M
      (import "" "drop" (func $drop (param i32)))
      (func (export "keep") (param i32))
      (func (export "give-back") (param i32) (call $drop (local.get 0))))
    (core instance $m (instantiate $M (with "" (instance (export "drop" (func $drop))))))
    (func (export "keep") (param "r" (borrow $R)) (canon lift (core func $m "keep")))
    (func (export "give-back") (param "r" (borrow $R)) (canon lift (core func $m "give-back"))))
  (component $Lender
    (import "R" (type $R (sub resource)))
    (import "make" (func $make (result (own $R))))
    (import "keep" (func $keep (param "r" (borrow $R))))
    (import "give-back" (func $give-back (param "r" (borrow $R))))
    (core func $make' (canon lower (func $make)))
    (core func $keep' (canon lower (func $keep)))
    (core func $give-back' (canon lower (func $give-back)))
    (core module $M
      (import "" "make" (func $make (result i32)))
      (import "" "keep" (func $keep (param i32)))
      (import "" "give-back" (func $give-back (param i32)))
      (func (export "keep") (call $keep (call $make)))
      (func (export "give-back") (call $give-back (call $make))))
    (core instance $m (instantiate $M (with "" (instance
      (export "make" (func $make'))
      (export "keep" (func $keep'))
      (export "give-back" (func $give-back'))))))
    (func (export "keep") (canon lift (core func $m "keep")))
    (func (export "give-back") (canon lift (core func $m "give-back"))))
  (instance $def (instantiate $Def))
  (alias export $def "R" (type $R))
  (instance $borrower (instantiate $Borrower (with "R" (type $R))))
  (instance $lender (instantiate $Lender
    (with "R" (type $R))
    (with "make" (func $def "make"))
    (with "keep" (func $borrower "keep"))
    (with "give-back" (func $borrower "give-back"))))
  (func (export "keep") (alias export $lender "keep"))
  (func (export "give-back") (alias export $lender "give-back")))

(component instance $i $Lend)
(assert_return (invoke "give-back"))
(assert_return (invoke "give-back"))
(assert_trap (invoke "keep") "borrow handles still remain at the end of the call")
