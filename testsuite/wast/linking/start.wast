;;! component_model_values = true
;; Value definitions, and start functions of components that take them.

;; Each argument is compared in core code; what does not fit traps.
(component
  (core module $m
    (func (export "check") (param i32 i64 f32 i32)
      (if (i32.ne (local.get 0) (i32.const -5)) (then unreachable))
      (if (i64.ne (local.get 1) (i64.const 0x1_0000_0001)) (then unreachable))
      (if (f32.ne (local.get 2) (f32.const 1.5)) (then unreachable))
      (if (i32.ne (local.get 3) (i32.const 0x1f600)) (then unreachable))))
  (core instance $i (instantiate $m))
  (func $check (param "a" s8) (param "b" u64) (param "c" f32) (param "d" char)
    (canon lift (core func $i "check")))
  (value $a s8 -5)
  (value $b u64 4294967297)
  (value $c f32 1.5)
  (value $d char '\u{1f600}')
  (start $check (value $a) (value $b) (value $c) (value $d)))

(assert_trap
  (component
    (core module $m
      (func (export "check") (param i32)
        (if (i32.ne (local.get 0) (i32.const -5)) (then unreachable))))
    (core instance $i (instantiate $m))
    (func $check (param "a" s8) (canon lift (core func $i "check")))
    (value $a s8 5)
    (start $check (value $a)))
  "unreachable")

;; Compound values: flags, a variant with a payload, an option, a result, an enum.
(component
  (core module $m
    (func (export "check") (param i32 i32 i32 i32 i32 i32 i32 i32)
      (if (i32.ne (local.get 0) (i32.const 5)) (then unreachable)) ;; flags
      (if (i32.ne (local.get 1) (i32.const 1)) (then unreachable)) ;; variant
      (if (i32.ne (local.get 2) (i32.const 7)) (then unreachable))
      (if (i32.ne (local.get 3) (i32.const 0)) (then unreachable)) ;; option
      (if (i32.ne (local.get 5) (i32.const 1)) (then unreachable)) ;; result
      (if (i32.ne (local.get 6) (i32.const 9)) (then unreachable))
      (if (i32.ne (local.get 7) (i32.const 2)) (then unreachable)))) ;; enum
  (core instance $i (instantiate $m))
  (type $f (flags "x" "y" "z"))
  (type $v (variant (case "p" bool) (case "q" u8)))
  (type $e (enum "l" "m" "n"))
  (func $check (param "f" $f) (param "v" $v) (param "o" (option u8))
      (param "r" (result u8 (error u8))) (param "e" $e)
    (canon lift (core func $i "check")))
  (value $a $f (flags "x" "z"))
  (value $b $v (variant "q" 7))
  (value $c (option u8) none)
  (value $d (result u8 (error u8)) (error 9))
  (value $g $e (enum "n"))
  (start $check (value $a) (value $b) (value $c) (value $d) (value $g)))

;; The result of a start function is a value that goes on to another one, by way of a component
;; that takes and gives values.
(component
  (core module $m
    (func (export "add") (param i32 i32) (result i32)
      (i32.add (local.get 0) (local.get 1)))
    (func (export "check") (param i32)
      (if (i32.ne (local.get 0) (i32.const 42)) (then unreachable))))
  (core instance $i (instantiate $m))
  (func $add (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add")))
  (func $check (param "a" u32) (canon lift (core func $i "check")))
  (component $pass
    (import "in" (value $v u32))
    (export "out" (value $v)))
  (value $a u32 40)
  (value $b u32 2)
  (start $add (value $a) (value $b) (result (value $sum)))
  (instance $p (instantiate $pass (with "in" (value $sum))))
  (alias export $p "out" (value $out))
  (start $check (value $out)))
