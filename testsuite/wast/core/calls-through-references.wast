;; What the core suite does not ask of typed references: calls, tail calls and branches on them where
;; other values lie on the stack, and functions of other instances.
(module $lib
  (type $f (func (param i32) (result i32)))
  (global $n (mut i32) (i32.const 0))
  (func $count (export "count") (param i32) (result i32)
    (global.set $n (i32.add (global.get $n) (local.get 0)))
    (global.get $n))
  (func (export "get") (result (ref $f)) (ref.func $count))
  (table (export "t") 2 (ref $f) (ref.func $count)))
(register "lib" $lib)

(module
  (type $f (func (param i32) (result i32)))
  (import "lib" "get" (func $get (result (ref $f))))
  (import "lib" "t" (table $t 2 (ref $f)))
  (func (export "call") (param i32) (result i32)
    (i32.sub (i32.const 1000) (call_ref $f (local.get 0) (call $get))))
  ;; the state is that of the other instance, and the results come back to the caller of this one
  (func $tail (param i64 i64 i32) (result i32) (local f64 f64)
    (return_call_ref $f (local.get 2) (table.get $t (i32.const 1))))
  (func (export "tail") (param i32) (result i32)
    (i32.sub (i32.const 1000) (call $tail (i64.const 1) (i64.const 2) (local.get 0))))
  (func (export "through-the-table") (param i32) (result i32)
    (i32.const 7)
    (block (result i32)
      (return_call_indirect $t (type $f) (local.get 0) (i32.const 0)))
    (drop)))
(assert_return (invoke "call" (i32.const 1)) (i32.const 999))
(assert_return (invoke "tail" (i32.const 2)) (i32.const 997))
(assert_return (invoke "through-the-table" (i32.const 3)) (i32.const 6))

;; A tail call leaves the handlers of its function behind.
(module
  (tag $e (param i32))
  (func $throws (param i32) (result i32) (throw $e (i32.add (local.get 0) (i32.const 1))))
  (func $inner (param i32) (result i32)
    (block $h (result i32)
      (try_table (result i32) (catch $e $h)
        (return_call $throws (local.get 0)))
      (return))
    (drop) (i32.const -1))
  (func (export "outer") (param i32) (result i32)
    (block $h (result i32)
      (try_table (result i32) (catch $e $h) (call $inner (local.get 0))))))
(assert_return (invoke "outer" (i32.const 41)) (i32.const 42))

;; Tail calls of a function of the host end the caller, too.
(module
  (import "spectest" "print_i32" (func $print (param i32)))
  (func $f (param i64 i32) (return_call $print (local.get 1)))
  (func (export "f") (result i32) (i32.const 5) (call $f (i64.const 1) (i32.const 2))))
(assert_return (invoke "f") (i32.const 5))

;; Tail calls between functions with more and with fewer parameters and locals, a million of them.
(module
  (func $a (param i64 i32) (result i64) (local i64 i64 i64 i64)
    (if (i32.eqz (local.get 1)) (then (return (local.get 0))))
    (return_call $b (local.get 1) (i64.const 9) (local.get 0) (f32.const 1)))
  (func $b (param i32 i64 i64 f32) (result i64) (local v128)
    (return_call $a (i64.add (local.get 2) (i64.const 1)) (i32.sub (local.get 0) (i32.const 1))))
  (func (export "many") (result i64) (call $a (i64.const 0) (i32.const 500000))))
(assert_return (invoke "many") (i64.const 500000))

;; Exceptions go through tail calls into another instance, and out of the first call.
(module $host
  (tag $t (export "t") (param i32))
  (func (export "throw") (param i32) (throw $t (local.get 0))))
(register "host" $host)
(module
  (import "host" "throw" (func $throw (param i32)))
  (import "host" "t" (tag $t (param i32)))
  (func $f (export "f") (param i64 i32) (return_call $throw (local.get 1)))
  (func (export "g") (result i32)
    (block $h (result i32)
      (try_table (catch $t $h) (call $f (i64.const 1) (i32.const 7)))
      (i32.const 0))))
(assert_exception (invoke "f" (i64.const 1) (i32.const 7)))
(assert_return (invoke "g") (i32.const 7))
