;; jco#1624
;; In a variant the flat values of the cases are joined: an f32 beside a u32 is an i32 with its
;; bits, beside a u64 an i64. Numbers are not converted.
;; definitions.py: lower_flat_variant, lift_flat_variant, join
;; Holds from: 41d8902
(component
  (type $v' (variant (case "i" u32) (case "f" f32)))
  (export $v "v" (type $v'))
  (type $w' (variant (case "i" u64) (case "f" f32) (case "d" f64)))
  (export $w "w" (type $w'))
  (core module $M
    (memory (export "mem") 1)
    (func (export "v-bits") (param i32 i32) (result i32) (local.get 1))
    (func (export "w-bits") (param i32 i64) (result i64) (local.get 1))
    (func (export "same") (param i32 i32) (result i32)
      (i32.store (i32.const 0) (local.get 0))
      (i32.store (i32.const 4) (local.get 1))
      (i32.const 0)))
  (core instance $m (instantiate $M))
  (func (export "v-bits") (param "v" $v) (result u32) (canon lift (core func $m "v-bits")))
  (func (export "w-bits") (param "w" $w) (result u64) (canon lift (core func $m "w-bits")))
  (func (export "same") (param "v" $v) (result $v)
    (canon lift (core func $m "same") (memory (core memory $m "mem")))))

(assert_return (invoke "v-bits" (variant.const "i" (u32.const 1))) (u32.const 1))
(assert_return (invoke "v-bits" (variant.const "f" (f32.const 1))) (u32.const 0x3f800000))
(assert_return (invoke "w-bits" (variant.const "f" (f32.const -2))) (u64.const 0xc0000000))
(assert_return (invoke "w-bits" (variant.const "d" (f64.const 1))) (u64.const 0x3ff0000000000000))
(assert_return (invoke "same" (variant.const "f" (f32.const 0.5)))
  (variant.const "f" (f32.const 0.5)))
