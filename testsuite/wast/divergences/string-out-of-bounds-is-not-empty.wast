;; WE#4883
;; A string that does not lie in the memory traps, and is no empty string. One that ends with the
;; memory lies in it, and so does an empty one at its end.
;; definitions.py: load_string_from_range
;; Holds from: 41d8902
(component definition $C
  (core module $M
    (memory (export "mem") 1)
    (data (i32.const 65534) "hi")
    (func (export "get") (param i32 i32) (result i32)
      (i32.store (i32.const 0) (local.get 0))
      (i32.store (i32.const 4) (local.get 1))
      (i32.const 0)))
  (core instance $m (instantiate $M))
  (func (export "get") (param "at" u32) (param "n" u32) (result string)
    (canon lift (core func $m "get") (memory (core memory $m "mem")))))

(component instance $i $C)
(assert_return (invoke "get" (u32.const 65534) (u32.const 2)) (str.const "hi"))
(assert_return (invoke "get" (u32.const 65536) (u32.const 0)) (str.const ""))
(assert_trap (invoke "get" (u32.const 65534) (u32.const 3)) "string content out-of-bounds")
(component instance $i $C)
(assert_trap (invoke "get" (u32.const 65537) (u32.const 0)) "string content out-of-bounds")
(component instance $i $C)
(assert_trap (invoke "get" (u32.const 0xffffffff) (u32.const 2)) "string content out-of-bounds")
