;; WE#4883
;; A function returns one core value at most: a tuple of two numbers is a pointer to them. Core
;; code that returns two values has the wrong type.
;; definitions.py: flatten_functype (MAX_FLAT_RESULTS), lift_flat_values
;; Holds from: 41d8902
(component
  (core module $M
    (memory (export "mem") 1)
    (data (i32.const 16) "\07\00\00\00\08\00\00\00")
    (func (export "two") (result i32) (i32.const 16))
    (func (export "one") (result i32) (i32.const 16)))
  (core instance $m (instantiate $M))
  (func (export "two") (result (tuple u32 u32))
    (canon lift (core func $m "two") (memory (core memory $m "mem"))))
  (func (export "one") (result (tuple u32)) (canon lift (core func $m "one"))))

(assert_return (invoke "two") (tuple.const (u32.const 7) (u32.const 8)))
(assert_return (invoke "one") (tuple.const (u32.const 16)))

(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "two") (result i32 i32) (i32.const 7) (i32.const 8)))
    (core instance $m (instantiate $M))
    (func (export "two") (result (tuple u32 u32))
      (canon lift (core func $m "two") (memory (core memory $m "mem")))))
  "lift results")
