;; A list of strings that is lowered into memory and lifted from there is the same list.
(component
  (core module $M
    (memory (export "mem") 1)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $p i32)
      (local.set $p (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
      (global.set $next (i32.add (local.get $p) (local.get 3)))
      (local.get $p))
    (func (export "same") (param i32 i32) (result i32)
      (i32.store (i32.const 8) (local.get 0))
      (i32.store (i32.const 12) (local.get 1))
      (i32.const 8)))
  (core instance $m (instantiate $M))
  (func (export "same") (param "x" (list (list string))) (result (list (list string)))
    (canon lift (core func $m "same")
      (memory (core memory $m "mem")) (realloc (core func $m "realloc")))))

(assert_return (invoke "same" (list.const)) (list.const))
(assert_return
  (invoke "same" (list.const
    (list.const (str.const "a") (str.const ""))
    (list.const)
    (list.const (str.const "\u{1f600}"))))
  (list.const
    (list.const (str.const "a") (str.const ""))
    (list.const)
    (list.const (str.const "\u{1f600}"))))
