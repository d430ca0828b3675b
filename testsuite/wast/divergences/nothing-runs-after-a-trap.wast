;; jco#250
;;
;; An instance that has trapped cannot be entered any more, whatever function is called.
;;
;; jco#250: later calls went on in the state that the trap had left.
;; Decided by Explainer.md, "JS API" (the lockdown state of an instance), and by CanonicalABI.md, whose traps
;; end the whole; since 08a068f (2022-06-28) of WebAssembly/component-model.
;; Holds from: 08a068f
(component
  (core module $M
    (global $n (mut i32) (i32.const 0))
    (func (export "count") (result i32)
      (global.set $n (i32.add (global.get $n) (i32.const 1)))
      (global.get $n))
    (func (export "trap") (unreachable)))
  (core instance $m (instantiate $M))
  (func (export "count") (result u32) (canon lift (core func $m "count")))
  (func (export "trap") (canon lift (core func $m "trap"))))

(assert_return (invoke "count") (u32.const 1))
(assert_return (invoke "count") (u32.const 2))
(assert_trap (invoke "trap") "unreachable")
(assert_trap (invoke "count") "cannot enter component instance")
