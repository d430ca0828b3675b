;; WT#12054
;;
;; A function that is lifted with async takes 16 flat parameters; who calls it synchronously passes 17,
;; where the last one points to the place of its result.
;;
;; WT#12054: the array for the parameters was one too small.
;; Decided by CanonicalABI.md, "Flattening", since e030ac7 (2024-05-01) of
;; WebAssembly/component-model.
;; Holds from: e030ac7
(component
  (component $Callee
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (canon task.return (result (tuple u32 u32)) (memory (core memory $memory "mem"))
      (core func $return))
    (core module $M
      (import "" "return" (func $return (param i32 i32)))
      (func (export "f")
        (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
        (call $return (local.get 0) (local.get 15))))
    (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
    (func (export "f") async
      (param "a" u32) (param "b" u32) (param "c" u32) (param "d" u32)
      (param "e" u32) (param "f" u32) (param "g" u32) (param "h" u32)
      (param "i" u32) (param "j" u32) (param "k" u32) (param "l" u32)
      (param "m" u32) (param "n" u32) (param "o" u32) (param "p" u32)
      (result (tuple u32 u32))
      (canon lift (core func $m "f") async (memory (core memory $memory "mem")))))
  (component $Caller
    (import "f" (func $f async
      (param "a" u32) (param "b" u32) (param "c" u32) (param "d" u32)
      (param "e" u32) (param "f" u32) (param "g" u32) (param "h" u32)
      (param "i" u32) (param "j" u32) (param "k" u32) (param "l" u32)
      (param "m" u32) (param "n" u32) (param "o" u32) (param "p" u32)
      (result (tuple u32 u32))))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (core func $f' (canon lower (func $f) (memory (core memory $memory "mem"))))
    (core module $M
      (import "" "f" (func $f
        (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
      (func (export "run") (result i32)
        (call $f
          (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4)
          (i32.const 5) (i32.const 6) (i32.const 7) (i32.const 8)
          (i32.const 9) (i32.const 10) (i32.const 11) (i32.const 12)
          (i32.const 13) (i32.const 14) (i32.const 15) (i32.const 16)
          (i32.const 32))
        (i32.const 32)))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
    (func (export "run") async (result (tuple u32 u32))
      (canon lift (core func $m "run") (memory (core memory $memory "mem")))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller (with "f" (func $callee "f"))))
  (func (export "run") (alias export $caller "run")))

(assert_return (invoke "run") (tuple.const (u32.const 1) (u32.const 16)))
