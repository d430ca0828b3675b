;; value.lower has a memory and a string encoding, and nothing else.
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (canon value.lower string (memory (core memory $m "mem")) (realloc (core func $m "realloc")) (core func)))
  "`value.lower` can only have the options `memory` and `string-encoding`")
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (canon value.lower string (memory (core memory $m "mem")) async (core func)))
  "`value.lower` can only have the options `memory` and `string-encoding`")
