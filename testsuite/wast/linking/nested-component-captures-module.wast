;; A nested component uses a core module of the component around it.
(component
  (core module $M (func (export "f") (result i32) (i32.const 9)))
  (component $Inner
    (core instance $m (instantiate $M))
    (func (export "f") (result u32) (canon lift (core func $m "f"))))
  (instance $inner (instantiate $Inner))
  (func (export "f") (alias export $inner "f")))

(assert_return (invoke "f") (u32.const 9))
