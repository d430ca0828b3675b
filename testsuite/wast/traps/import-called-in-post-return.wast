;; While post-return runs, the component instance may not be left.
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
      (func (export "g"))
      (func (export "post") (call $f)))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
    (func (export "g") (canon lift (core func $m "g") (post-return (core func $m "post")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "f" (func $c "f"))))
  (func (export "g") (alias export $d "g")))

(assert_trap (invoke "g") "cannot leave component instance")
