;; Options and results are variants with a discriminant of one byte, and nest.
(component
  (core module $M
    (func (export "option") (param i32 i32 i32) (result i32)
      (i32.add (i32.mul (i32.const 100) (local.get 0))
        (i32.add (i32.mul (i32.const 10) (local.get 1)) (local.get 2))))
    (func (export "result") (param i32 i64) (result i64)
      (if (result i64) (local.get 0)
        (then (i64.sub (i64.const 0) (local.get 1)))
        (else (local.get 1)))))
  (core instance $m (instantiate $M))
  (func (export "option") (param "x" (option (option u8))) (result u32)
    (canon lift (core func $m "option")))
  (func (export "result") (param "x" (result u64 (error u8))) (result s64)
    (canon lift (core func $m "result"))))

(assert_return (invoke "option" (option.none)) (u32.const 0))
(assert_return (invoke "option" (option.some (option.none))) (u32.const 100))
(assert_return (invoke "option" (option.some (option.some (u8.const 7)))) (u32.const 117))
(assert_return (invoke "result" (result.ok (u64.const 5))) (s64.const 5))
(assert_return (invoke "result" (result.err (u8.const 5))) (s64.const -5))
