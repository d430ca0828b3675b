;; value.lower takes what is lowered lazily: a string, a list of any length, a map or a tuple.
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (type $t u8)
    (canon value.lower $t (memory (core memory $m "mem")) (core func)))
  "`value.lower` requires a string, a list, a map or a tuple")
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (type $t (list u8 4))
    (canon value.lower $t (memory (core memory $m "mem")) (core func)))
  "`value.lower` requires a string, a list, a map or a tuple")
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (type $t (option string))
    (canon value.lower $t (memory (core memory $m "mem")) (core func)))
  "`value.lower` requires a string, a list, a map or a tuple")
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (type $t (record (field "a" string)))
    (canon value.lower $t (memory (core memory $m "mem")) (core func)))
  "`value.lower` requires a string, a list, a map or a tuple")
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (type $t (stream u8))
    (canon value.lower $t (memory (core memory $m "mem")) (core func)))
  "`value.lower` requires a string, a list, a map or a tuple")
