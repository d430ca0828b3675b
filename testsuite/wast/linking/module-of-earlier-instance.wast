;; A named instance offers its core modules to later components.
(component $provider
  (core module $M (func (export "f") (result i32) (i32.const 12)))
  (export "m" (core module $M)))
(component
  (import "provider" (instance $p
    (export "m" (core module (export "f" (func (result i32)))))))
  (alias export $p "m" (core module $M))
  (core instance $m (instantiate $M))
  (func (export "f") (result u32) (canon lift (core func $m "f"))))

(assert_return (invoke "f") (u32.const 12))
