;; An option is given once.
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (func (param "s" string) (canon lift (core func $m "f") lazy lazy)))
  "canonical option `lazy` is specified more than once")
