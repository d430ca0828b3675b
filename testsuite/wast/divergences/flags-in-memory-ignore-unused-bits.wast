;; WT#13015
;; Bits behind the last flag are ignored when flags are loaded from memory; what is passed on to
;; another component has zeros there.
;; definitions.py: load_flags, unpack_flags_from_int, store_flags
;; Holds from: 912d32b
(component
  (type $f (flags "a" "b" "c"))
  (component $Callee
    (type $f (flags "a" "b" "c"))
    (import "f" (type $f' (eq $f)))
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "bits") (param i32 i32) (result i32) (i32.load16_u (local.get 0))))
    (core instance $m (instantiate $M))
    (func (export "bits") (param "l" (list $f')) (result u32)
      (canon lift (core func $m "bits")
        (memory (core memory $m "mem")) (realloc (core func $m "realloc")))))
  (component $Caller
    (type $f (flags "a" "b" "c"))
    (import "f" (type $f' (eq $f)))
    (import "bits" (func $bits (param "l" (list $f')) (result u32)))
    (core module $D (memory (export "mem") 1) (data (i32.const 16) "\ff\f9"))
    (core instance $d (instantiate $D))
    (core func $bits' (canon lower (func $bits) (memory (core memory $d "mem"))))
    (core module $M
      (import "" "bits" (func $bits (param i32 i32) (result i32)))
      (func (export "pass") (result i32) (call $bits (i32.const 16) (i32.const 2))))
    (core instance $m (instantiate $M (with "" (instance (export "bits" (func $bits'))))))
    (func (export "pass") (result u32) (canon lift (core func $m "pass"))))
  (instance $callee (instantiate $Callee (with "f" (type $f))))
  (instance $caller (instantiate $Caller
    (with "f" (type $f)) (with "bits" (func $callee "bits"))))
  (func (export "pass") (alias export $caller "pass")))

(assert_return (invoke "pass") (u32.const 0x0107))
