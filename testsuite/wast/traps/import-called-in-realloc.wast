;; While realloc runs, the component instance may not be left.
(component
  (component $C
    (core module $M (func (export "f")))
    (core instance $m (instantiate $M))
    (func (export "f") (canon lift (core func $m "f"))))
  (component $D
    (import "f" (func $f))
    (core func $f' (canon lower (func $f)))
    (core module $M
      (import "" "f" (func $f))
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (call $f)
        (i32.const 0))
      (func (export "g") (param i32 i32)))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
    (func (export "g") (param "s" string)
      (canon lift (core func $m "g")
        (memory (core memory $m "mem")) (realloc (core func $m "realloc")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "f" (func $c "f"))))
  (func (export "g") (alias export $d "g")))

(assert_trap (invoke "g" (str.const "x")) "cannot leave component instance")
