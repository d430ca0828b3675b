;; WT#11676
;;
;; A post-return function may not call an import.
;;
;; WT#11676: post-return could leave its instance as any other code can.
;; Decided by CanonicalABI.md, "canon lift", since f1c7c30 (2025-06-20) of
;; WebAssembly/component-model.
;; Holds from: f1c7c30
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
      (func (export "before") (call $f))
      (func (export "nothing"))
      (func (export "post") (call $f)))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
    (func (export "before") (canon lift (core func $m "before")))
    (func (export "afterwards")
      (canon lift (core func $m "nothing") (post-return (core func $m "post")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "f" (func $c "f"))))
  (func (export "before") (alias export $d "before"))
  (func (export "afterwards") (alias export $d "afterwards")))

(assert_return (invoke "before"))
(assert_trap (invoke "afterwards") "cannot leave component instance")
