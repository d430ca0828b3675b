;; The types of an imported instance are copied where resource types come in; the core functions that
;; they are lowered to have each value once all the same.
(component definition
  (import "i" (instance $i
    (export "r" (type (sub resource)))
    (type (variant (case "a") (case "b" string)))
    (export "v" (type (eq 1)))
    (type (option 2))
    (type (record (field "x" u32) (field "y" f64)))
    (export "p" (type (eq 4)))
    (type (tuple 5 u8))
    (type (borrow 0))
    (type (func (param "self" 7) (param "v" 3)))
    (export "f" (func (type 8)))
    (type (func (param "self" 7) (param "t" 6)))
    (export "g" (func (type 9)))))
  (core module $libc (memory (export "m") 1))
  (core instance $c (instantiate $libc))
  (core func $f (canon lower (func $i "f") (memory (core memory $c "m"))))
  (core func $g (canon lower (func $i "g")))
  (core module $m
    (import "" "f" (func (param i32 i32 i32 i32 i32)))
    (import "" "g" (func (param i32 i32 f64 i32))))
  (core instance (instantiate $m (with "" (instance
    (export "f" (func $f)) (export "g" (func $g)))))))
