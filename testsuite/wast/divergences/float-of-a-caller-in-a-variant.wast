;; jco#1624
;; The same on the way in: of the i32 that a caller passes, an f32 is its bits; of an i64 it is the
;; low 32 bits, whatever the others are.
;; definitions.py: lift_flat_variant, decode_i32_as_float, wrap_i64_to_i32
;; Holds from: 41d8902
(component
  (type $narrow (variant (case "i" u32) (case "f" f32)))
  (type $wide (variant (case "i" u64) (case "f" f32)))
  (component $Callee
    (type $n (variant (case "i" u32) (case "f" f32)))
    (type $w (variant (case "i" u64) (case "f" f32)))
    (import "n" (type $n' (eq $n)))
    (import "w" (type $w' (eq $w)))
    (core module $M
      (func (export "narrow") (param i32 i32) (result i32) (local.get 1))
      (func (export "wide") (param i32 i64) (result i64) (local.get 1)))
    (core instance $m (instantiate $M))
    (func (export "narrow") (param "v" $n') (result u32) (canon lift (core func $m "narrow")))
    (func (export "wide") (param "v" $w') (result u64) (canon lift (core func $m "wide"))))
  (component $Caller
    (type $n (variant (case "i" u32) (case "f" f32)))
    (type $w (variant (case "i" u64) (case "f" f32)))
    (import "n" (type $n' (eq $n)))
    (import "w" (type $w' (eq $w)))
    (import "narrow" (func $narrow (param "v" $n') (result u32)))
    (import "wide" (func $wide (param "v" $w') (result u64)))
    (core func $narrow' (canon lower (func $narrow)))
    (core func $wide' (canon lower (func $wide)))
    (core module $M
      (import "" "narrow" (func $narrow (param i32 i32) (result i32)))
      (import "" "wide" (func $wide (param i32 i64) (result i64)))
      (func (export "narrow") (param i32 i32) (result i32)
        (call $narrow (local.get 0) (local.get 1)))
      (func (export "wide") (param i32 i64) (result i64)
        (call $wide (local.get 0) (local.get 1))))
    (core instance $m (instantiate $M (with "" (instance
      (export "narrow" (func $narrow')) (export "wide" (func $wide'))))))
    (func (export "narrow") (param "case" u32) (param "bits" u32) (result u32)
      (canon lift (core func $m "narrow")))
    (func (export "wide") (param "case" u32) (param "bits" u64) (result u64)
      (canon lift (core func $m "wide"))))
  (instance $callee (instantiate $Callee (with "n" (type $narrow)) (with "w" (type $wide))))
  (instance $caller (instantiate $Caller
    (with "n" (type $narrow)) (with "w" (type $wide))
    (with "narrow" (func $callee "narrow")) (with "wide" (func $callee "wide"))))
  (func (export "narrow") (alias export $caller "narrow"))
  (func (export "wide") (alias export $caller "wide")))

(assert_return (invoke "narrow" (u32.const 0) (u32.const 1)) (u32.const 1))
(assert_return (invoke "narrow" (u32.const 1) (u32.const 0x3f800000)) (u32.const 0x3f800000))
(assert_return (invoke "wide" (u32.const 0) (u64.const 0xdeadbeef3f800000))
  (u64.const 0xdeadbeef3f800000))
(assert_return (invoke "wide" (u32.const 1) (u64.const 0xdeadbeef3f800000))
  (u64.const 0x3f800000))
