;; A parent that is called back by its child may not call that child again: P -> C -> P -> C.
(component $P
  (core module $Table
    (type $t (func))
    (table (export "t") 1 funcref)
    (func (export "back") (call_indirect (type $t) (i32.const 0))))
  (core instance $table (instantiate $Table))
  (func $back (canon lift (core func $table "back")))
  (component $C
    (import "back" (func $back))
    (core func $back' (canon lower (func $back)))
    (core module $M
      (import "" "back" (func $back))
      (func (export "f") (call $back)))
    (core instance $m (instantiate $M (with "" (instance (export "back" (func $back'))))))
    (func (export "f") (canon lift (core func $m "f"))))
  (instance $c (instantiate $C (with "back" (func $back))))
  (core func $f (canon lower (func $c "f")))
  (core module $M
    (import "" "f" (func $f))
    (import "" "t" (table 1 funcref))
    (elem (i32.const 0) func $f)
    (func (export "run") (call $f)))
  (core instance $m (instantiate $M (with "" (instance
    (export "f" (func $f))
    (export "t" (table $table "t"))))))
  (func (export "run") (canon lift (core func $m "run"))))

(assert_trap (invoke "run") "cannot enter component instance")
