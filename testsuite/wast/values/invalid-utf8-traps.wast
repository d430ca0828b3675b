;; A string that is not UTF-8 traps when it is lifted; nothing is replaced.
(component definition $C
  (core module $M
    (memory (export "mem") 1)
    (data (i32.const 0) "\08\00\00\00\01\00\00\00\ff")
    (func (export "f") (result i32) (i32.const 0)))
  (core instance $m (instantiate $M))
  (func (export "f") (result string)
    (canon lift (core func $m "f") (memory (core memory $m "mem")))))
(component instance $i $C)
(assert_trap (invoke "f") "invalid utf-8")
