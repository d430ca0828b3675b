;; WT#12897
;; A string that a function returns starts at a multiple of its alignment: 2, but for utf8.
;; definitions.py: load_string_from_range
;; Holds from: 92173ef
(component definition $C
  (core module $M
    (memory (export "mem") 1)
    (data (i32.const 64) "aaaa")
    (func (export "get") (param i32) (result i32)
      (i32.store (i32.const 0) (local.get 0))
      (i32.store (i32.const 4) (i32.const 1))
      (i32.const 0)))
  (core instance $m (instantiate $M))
  (func (export "utf8") (param "at" u32) (result string)
    (canon lift (core func $m "get") (memory (core memory $m "mem"))))
  (func (export "utf16") (param "at" u32) (result string)
    (canon lift (core func $m "get") (memory (core memory $m "mem")) string-encoding=utf16))
  (func (export "latin1") (param "at" u32) (result string)
    (canon lift (core func $m "get") (memory (core memory $m "mem"))
      string-encoding=latin1+utf16)))

(component instance $i $C)
(assert_return (invoke "utf8" (u32.const 65)) (str.const "a"))
(assert_return (invoke "utf16" (u32.const 66)) (str.const "\u{6161}"))
(assert_return (invoke "latin1" (u32.const 66)) (str.const "a"))
(assert_trap (invoke "utf16" (u32.const 65)) "unaligned pointer")
(component instance $i $C)
(assert_trap (invoke "latin1" (u32.const 65)) "unaligned pointer")
