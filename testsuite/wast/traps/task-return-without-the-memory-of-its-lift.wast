;; task.return has to name the memory of its task's lift, even where its result needs none.
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (core func $return (canon task.return (result u32)))
  (core module $M
    (import "" "return" (func $return (param i32)))
    (func (export "run") (call $return (i32.const 42))))
  (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
  (func (export "run") async (result u32)
    (canon lift (core func $m "run") async (memory (core memory $memory "mem")))))
(assert_trap (invoke "run") "task return options mismatch")
