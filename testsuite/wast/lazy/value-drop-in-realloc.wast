;; In realloc the instance may not leave: value.drop traps.
(component
  (core module $Table
    (memory (export "mem") 1)
    (table (export "table") 1 funcref)
    (type $t (func (param i32 i32 i32 i32) (result i32)))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (call_indirect (type $t) (local.get 0) (local.get 1) (local.get 2) (local.get 3)
        (i32.const 0))))
  (core instance $mem (instantiate $Table))
  (canon value.drop (core func $drop))
  (core module $M
    (import "" "table" (table 1 funcref))
    (import "" "drop" (func $drop (param i32)))
    (func $realloc (param i32 i32 i32 i32) (result i32)
      (call $drop (i32.const 1))
      (i32.const 0))
    (elem (i32.const 0) func $realloc)
    (func (export "f") (param i32 i32)))
  (core instance $m (instantiate $M (with "" (instance
    (export "table" (table $mem "table")) (export "drop" (func $drop))))))
  (func (export "f") (param "s" string)
    (canon lift (core func $m "f") (memory (core memory $mem "mem")) (realloc (core func $mem "realloc")))))

(assert_trap (invoke "f" (str.const "x")) "cannot leave component instance")
