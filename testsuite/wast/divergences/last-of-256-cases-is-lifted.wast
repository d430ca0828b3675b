;; WT#12140
;; The last of 256 cases is one: its number, 255, is below the number of cases, which 8 bits do not
;; hold. The number 256 is none, which only flat values can say.
;; definitions.py: load_variant, lift_flat_variant
;; Holds from: 41d8902
(component definition $C
  (type $e' (enum
    "c00" "c01" "c02" "c03" "c04" "c05" "c06" "c07" "c08" "c09" "c0a" "c0b" "c0c" "c0d" "c0e" "c0f"
    "c10" "c11" "c12" "c13" "c14" "c15" "c16" "c17" "c18" "c19" "c1a" "c1b" "c1c" "c1d" "c1e" "c1f"
    "c20" "c21" "c22" "c23" "c24" "c25" "c26" "c27" "c28" "c29" "c2a" "c2b" "c2c" "c2d" "c2e" "c2f"
    "c30" "c31" "c32" "c33" "c34" "c35" "c36" "c37" "c38" "c39" "c3a" "c3b" "c3c" "c3d" "c3e" "c3f"
    "c40" "c41" "c42" "c43" "c44" "c45" "c46" "c47" "c48" "c49" "c4a" "c4b" "c4c" "c4d" "c4e" "c4f"
    "c50" "c51" "c52" "c53" "c54" "c55" "c56" "c57" "c58" "c59" "c5a" "c5b" "c5c" "c5d" "c5e" "c5f"
    "c60" "c61" "c62" "c63" "c64" "c65" "c66" "c67" "c68" "c69" "c6a" "c6b" "c6c" "c6d" "c6e" "c6f"
    "c70" "c71" "c72" "c73" "c74" "c75" "c76" "c77" "c78" "c79" "c7a" "c7b" "c7c" "c7d" "c7e" "c7f"
    "c80" "c81" "c82" "c83" "c84" "c85" "c86" "c87" "c88" "c89" "c8a" "c8b" "c8c" "c8d" "c8e" "c8f"
    "c90" "c91" "c92" "c93" "c94" "c95" "c96" "c97" "c98" "c99" "c9a" "c9b" "c9c" "c9d" "c9e" "c9f"
    "ca0" "ca1" "ca2" "ca3" "ca4" "ca5" "ca6" "ca7" "ca8" "ca9" "caa" "cab" "cac" "cad" "cae" "caf"
    "cb0" "cb1" "cb2" "cb3" "cb4" "cb5" "cb6" "cb7" "cb8" "cb9" "cba" "cbb" "cbc" "cbd" "cbe" "cbf"
    "cc0" "cc1" "cc2" "cc3" "cc4" "cc5" "cc6" "cc7" "cc8" "cc9" "cca" "ccb" "ccc" "ccd" "cce" "ccf"
    "cd0" "cd1" "cd2" "cd3" "cd4" "cd5" "cd6" "cd7" "cd8" "cd9" "cda" "cdb" "cdc" "cdd" "cde" "cdf"
    "ce0" "ce1" "ce2" "ce3" "ce4" "ce5" "ce6" "ce7" "ce8" "ce9" "cea" "ceb" "cec" "ced" "cee" "cef"
    "cf0" "cf1" "cf2" "cf3" "cf4" "cf5" "cf6" "cf7" "cf8" "cf9" "cfa" "cfb" "cfc" "cfd" "cfe" "cff"
    ))
  (export $e "e" (type $e'))
  (core module $M
    (memory (export "mem") 1)
    (data (i32.const 16) "\ff\07")
    (func (export "load") (result i32) (i32.const 16))
    (func (export "flat") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $M))
  (func (export "load") (result (tuple $e u8))
    (canon lift (core func $m "load") (memory (core memory $m "mem"))))
  (func (export "flat") (param "case" u32) (result $e) (canon lift (core func $m "flat"))))

(component instance $i $C)
(assert_return (invoke "load") (tuple.const (enum.const "cff") (u8.const 7)))
(assert_return (invoke "flat" (u32.const 255)) (enum.const "cff"))
(assert_trap (invoke "flat" (u32.const 256)) "invalid variant discriminant")
