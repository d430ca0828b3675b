;; lazy is an option of what lowers values: not of task.return, or of a write.
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (canon task.return (result string) (memory (core memory $m "mem")) lazy (core func)))
  "canonical option `lazy` cannot be specified for `task.return`")
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (type $s (stream string))
    (canon stream.write $s async (memory (core memory $m "mem")) lazy (core func)))
  "canonical option `lazy` cannot be specified for `stream.write`")
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (type $s (future string))
    (canon future.write $s async (memory (core memory $m "mem")) lazy (core func)))
  "canonical option `lazy` cannot be specified for `future.write`")
(assert_invalid
  (component
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $M))
    (canon value.lower string (memory (core memory $m "mem")) lazy (core func)))
  "canonical option `lazy` cannot be specified for `value.lower`")
(assert_invalid
  (component
    (core module $M (memory (export "mem") 1))
    (core instance $m (instantiate $M))
    (canon error-context.new (memory (core memory $m "mem")) lazy (core func)))
  "canonical option `lazy` cannot be specified for `error-context.new`")
