;; WT#13613
;;
;; A core exception does not cross into another component: it becomes a trap there, which no
;; catch_all catches.
;;
;; WT#13613: the caller's handler caught it.
;; Decided by CanonicalABI.md, "Calling Core WebAssembly functions", since 41d8902 (2022-02-28) of
;; WebAssembly/component-model.
;; Holds from: 41d8902
(component
  (component $Thrower
    (core module $M
      (tag $t)
      (func $throw (throw $t))
      (func (export "throw") (call $throw))
      (func (export "catch")
        (block $caught (try_table (catch_all $caught) (call $throw)))))
    (core instance $m (instantiate $M))
    (func (export "throw") (canon lift (core func $m "throw")))
    (func (export "catch") (canon lift (core func $m "catch"))))
  (component $Catcher
    (import "throw" (func $throw))
    (core func $throw' (canon lower (func $throw)))
    (core module $M
      (import "" "throw" (func $throw))
      (func (export "run")
        (block $caught (try_table (catch_all $caught) (call $throw)))))
    (core instance $m (instantiate $M (with "" (instance (export "throw" (func $throw'))))))
    (func (export "run") (canon lift (core func $m "run"))))
  (instance $thrower (instantiate $Thrower))
  (instance $catcher (instantiate $Catcher (with "throw" (func $thrower "throw"))))
  (func (export "catch-it-at-home") (alias export $thrower "catch"))
  (func (export "catch-it-elsewhere") (alias export $catcher "run")))

(assert_return (invoke "catch-it-at-home"))
(assert_trap (invoke "catch-it-elsewhere") "uncaught exception propagated out of component")
