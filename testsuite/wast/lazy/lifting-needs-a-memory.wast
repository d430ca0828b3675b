;; A result with a pointer is lifted eagerly, and needs a memory with lazy, too.
(assert_invalid
  (component
    (core module $M (func (export "f") (param i32 i32) (result i32) unreachable))
    (core instance $m (instantiate $M))
    (func (param "s" string) (result string) (canon lift (core func $m "f") lazy)))
  "canonical option `memory` is required")
(assert_invalid
  (component
    (import "f" (func $f (param "s" string)))
    (core func (canon lower (func $f) lazy)))
  "canonical option `memory` is required")
