;; A script as people write them by hand, of 100 lines. tools/bench measures a whole
;; run of it: to start the program, to read, to validate and to link is all that takes time.
(component $numbers
  (core module $m
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "divide") (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
    (func (export "half") (param f64) (result f64) (f64.mul (local.get 0) (f64.const 0.5)))
    (func (export "is-even") (param i64) (result i32)
      (i64.eqz (i64.and (local.get 0) (i64.const 1)))))
  (core instance $i (instantiate $m))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32)
    (canon lift (core func $i "add")))
  (func (export "divide") (param "a" u32) (param "b" u32) (result u32)
    (canon lift (core func $i "divide")))
  (func (export "half") (param "a" float64) (result float64)
    (canon lift (core func $i "half")))
  (func (export "is-even") (param "a" s64) (result bool)
    (canon lift (core func $i "is-even"))))
(assert_return (invoke "add" (u32.const 1) (u32.const 2)) (u32.const 3))
(assert_return (invoke "add" (u32.const 4294967295) (u32.const 2)) (u32.const 1))
(assert_return (invoke "divide" (u32.const 9) (u32.const 2)) (u32.const 4))
(assert_return (invoke "divide" (u32.const 4294967295) (u32.const 65536)) (u32.const 65535))
(assert_return (invoke "is-even" (s64.const 8)) (bool.const true))
(assert_return (invoke "is-even" (s64.const -7)) (bool.const false))
(assert_trap (invoke "divide" (u32.const 9) (u32.const 0)) "integer divide by zero")

(component $strings
  (core module $m
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    (data (i32.const 16) "\20\00\00\00\05\00\00\00")
    (data (i32.const 32) "hello")
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func (export "length") (param i32 i32) (result i32) (local.get 1))
    (func (export "greeting") (result i32) (i32.const 16))
    (func (export "sum") (param i32 i32) (result i32)
      (local $sum i32)
      (block $done
        (loop $next
          (br_if $done (i32.eqz (local.get 1)))
          (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get 0))))
          (local.set 0 (i32.add (local.get 0) (i32.const 1)))
          (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
          (br $next)))
      (local.get $sum)))
  (core instance $i (instantiate $m))
  (func (export "length") (param "s" string) (result u32)
    (canon lift (core func $i "length") (memory (core memory $i "memory"))
      (realloc (core func $i "realloc"))))
  (func (export "greeting") (result string)
    (canon lift (core func $i "greeting") (memory (core memory $i "memory"))))
  (func (export "sum") (param "l" (list u8)) (result u32)
    (canon lift (core func $i "sum") (memory (core memory $i "memory"))
      (realloc (core func $i "realloc")))))
(assert_return (invoke "length" (str.const "")) (u32.const 0))
(assert_return (invoke "length" (str.const "four")) (u32.const 4))
(assert_return (invoke "greeting") (str.const "hello"))
(assert_return (invoke "sum" (list.const)) (u32.const 0))
(assert_return (invoke "sum" (list.const (u8.const 1) (u8.const 2) (u8.const 250)))
  (u32.const 253))

(component $two
  (component $inner
    (core module $m
      (func (export "twice") (param i32) (result i32) (i32.shl (local.get 0) (i32.const 1))))
    (core instance $i (instantiate $m))
    (func (export "twice") (param "a" u32) (result u32) (canon lift (core func $i "twice"))))
  (instance $a (instantiate $inner))
  (core func $twice (canon lower (func $a "twice")))
  (core module $m
    (import "a" "twice" (func $twice (param i32) (result i32)))
    (func (export "four-times") (param i32) (result i32)
      (call $twice (call $twice (local.get 0)))))
  (core instance $i (instantiate $m (with "a" (instance (export "twice" (func $twice))))))
  (func (export "four-times") (param "a" u32) (result u32)
    (canon lift (core func $i "four-times"))))
(assert_return (invoke "four-times" (u32.const 5)) (u32.const 20))
(assert_return (invoke "four-times" (u32.const 0)) (u32.const 0))

(assert_invalid
  (component (core module $m) (core instance (instantiate $m (with "a" (instance 0)))))
  "unknown core instance")
(assert_invalid
  (component (type (record)))
  "record type must have at least one field")
(assert_invalid
  (component (import "a" (func $f)) (export "b" (func 1)))
  "function index out of bounds")

(component $choice
  (core module $m (func (export "not") (param i32) (result i32) (i32.eqz (local.get 0))))
  (core instance $i (instantiate $m))
  (func (export "not") (param "a" bool) (result bool) (canon lift (core func $i "not"))))
(assert_return (invoke "not" (bool.const true)) (bool.const false))
(assert_return (invoke "not" (bool.const false)) (bool.const true))
(assert_return (invoke "not" (bool.const true)) (bool.const false))
