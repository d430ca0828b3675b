;; jco#1838
;; The length of a string is the number of its code units in the receiver's encoding: bytes of
;; utf8, two of utf16 beyond U+FFFF. Code points are counted nowhere.
;; definitions.py: store_string_into_range
;; Holds from: 5679ffb
(component
  (core module $M
    (memory (export "mem") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
    (func (export "length") (param i32 i32) (result i32) (local.get 1)))
  (core instance $m (instantiate $M))
  (alias core export $m "mem" (core memory $mem))
  (alias core export $m "realloc" (core func $realloc))
  (func (export "utf8") (param "s" string) (result u32) (canon lift (core func $m "length")
    (memory (core memory $mem)) (realloc (core func $realloc))))
  (func (export "utf16") (param "s" string) (result u32) (canon lift (core func $m "length")
    (memory (core memory $mem)) (realloc (core func $realloc)) string-encoding=utf16)))

(assert_return (invoke "utf8" (str.const "abc")) (u32.const 3))
(assert_return (invoke "utf8" (str.const "\u{e9}")) (u32.const 2))
(assert_return (invoke "utf8" (str.const "\u{20ac}")) (u32.const 3))
(assert_return (invoke "utf8" (str.const "\u{1f600}")) (u32.const 4))
(assert_return (invoke "utf16" (str.const "abc")) (u32.const 3))
(assert_return (invoke "utf16" (str.const "\u{e9}")) (u32.const 1))
(assert_return (invoke "utf16" (str.const "\u{20ac}")) (u32.const 1))
(assert_return (invoke "utf16" (str.const "\u{1f600}")) (u32.const 2))
