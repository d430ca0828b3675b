;; Floats pass unchanged, signed zeros and infinities among them.
(component
  (core module $M
    (func (export "f32") (param f32) (result f32) (local.get 0))
    (func (export "f64") (param f64) (result f64) (local.get 0))
    (func (export "bits") (param f32) (result i32) (i32.reinterpret_f32 (local.get 0))))
  (core instance $m (instantiate $M))
  (func (export "f32") (param "x" f32) (result f32) (canon lift (core func $m "f32")))
  (func (export "f64") (param "x" f64) (result f64) (canon lift (core func $m "f64")))
  (func (export "bits") (param "x" f32) (result u32) (canon lift (core func $m "bits"))))

(assert_return (invoke "f32" (f32.const -0)) (f32.const -0))
(assert_return (invoke "f32" (f32.const 0x1.8p+1)) (f32.const 3))
(assert_return (invoke "f32" (f32.const -inf)) (f32.const -inf))
(assert_return (invoke "f64" (f64.const 0x1p-1074)) (f64.const 0x1p-1074))
(assert_return (invoke "bits" (f32.const -0)) (u32.const 0x80000000))
