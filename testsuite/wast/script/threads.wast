;; Directives in threads, which share what they say.

(module $mem
  (memory (export "shared") 1 1 shared))

(thread $t1 (shared (module $mem))
  (register "mem" $mem)
  (module
    (memory (import "mem" "shared") 1 1 shared)
    (func (export "store") (i32.store (i32.const 0) (i32.const 42))))
  (invoke "store"))
(wait $t1)

(register "mem" $mem)
(module
  (memory (import "mem" "shared") 1 1 shared)
  (func (export "load") (result i32) (i32.load (i32.const 0))))
(assert_return (invoke "load") (i32.const 42))

(thread $t2
  (component
    (core module $m (func (export "f") (result i32) i32.const 7))
    (core instance $i (instantiate $m))
    (func (export "f") (result u32) (canon lift (core func $i "f"))))
  (assert_return (invoke "f") (u32.const 7)))
(wait $t2)
