;; A child may call back into its parent while the parent calls it: the parent is not entered,
;; since it was never left. CanonicalABI.md, "Component Instances".
(component
  (core module $Base
    (func (export "back") (result i32) (i32.const 21)))
  (core instance $base (instantiate $Base))
  (func $back (result u32) (canon lift (core func $base "back")))
  (component $C
    (import "back" (func $back (result u32)))
    (core func $back' (canon lower (func $back)))
    (core module $M
      (import "" "back" (func $back (result i32)))
      (func (export "f") (result i32) (i32.mul (call $back) (i32.const 2))))
    (core instance $m (instantiate $M (with "" (instance (export "back" (func $back'))))))
    (func (export "f") (result u32) (canon lift (core func $m "f"))))
  (instance $c (instantiate $C (with "back" (func $back))))
  (core func $f (canon lower (func $c "f")))
  (core module $M
    (import "" "f" (func $f (result i32)))
    (func (export "run") (result i32) (call $f)))
  (core instance $m (instantiate $M (with "" (instance (export "f" (func $f))))))
  (func (export "run") (result u32) (canon lift (core func $m "run"))))

(assert_return (invoke "run") (u32.const 42))
