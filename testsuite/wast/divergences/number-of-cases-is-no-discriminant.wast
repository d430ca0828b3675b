;; WT#12354
;; Of three cases 2 is the last: 3 traps, when a component passes it on to another as well.
;; definitions.py: lift_flat_variant
;; Holds from: 41d8902
(component definition $C
  (type $e (enum "a" "b" "c"))
  (component $Producer
    (type $e (enum "a" "b" "c"))
    (import "e" (type $e' (eq $e)))
    (core module $M
      (func (export "get") (param i32) (result i32) (local.get 0)))
    (core instance $m (instantiate $M))
    (func (export "get") (param "n" u32) (result $e') (canon lift (core func $m "get"))))
  (component $Consumer
    (type $e (enum "a" "b" "c"))
    (import "e" (type $e' (eq $e)))
    (import "get" (func $get (param "n" u32) (result $e')))
    (core func $get' (canon lower (func $get)))
    (core module $M
      (import "" "get" (func $get (param i32) (result i32)))
      (func (export "pass") (param i32) (result i32) (call $get (local.get 0))))
    (core instance $m (instantiate $M (with "" (instance (export "get" (func $get'))))))
    (func (export "pass") (param "n" u32) (result u32) (canon lift (core func $m "pass"))))
  (instance $producer (instantiate $Producer (with "e" (type $e))))
  (instance $consumer (instantiate $Consumer
    (with "e" (type $e)) (with "get" (func $producer "get"))))
  (func (export "pass") (alias export $consumer "pass")))

(component instance $i $C)
(assert_return (invoke "pass" (u32.const 0)) (u32.const 0))
(assert_return (invoke "pass" (u32.const 2)) (u32.const 2))
(assert_trap (invoke "pass" (u32.const 3)) "invalid variant discriminant")
