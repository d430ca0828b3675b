;; WT#12066
;; An enum of exactly 256 cases has a discriminant of one byte, and one of 257 cases has two. The
;; next step, of 65536 cases, is in testsuite/cli/run.sh (enum-of-65536-cases): a script is too
;; long for it.
;; definitions.py: discriminant_type
;; Holds from: 41d8902
(component
  (type $narrow' (enum
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
  (export $narrow "narrow" (type $narrow'))
  (type $wide' (enum
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
    "c100"))
  (export $wide "wide" (type $wide'))
  (core module $M
    (memory (export "mem") 1)
    (data (i32.const 16) "\ff\07")
    (data (i32.const 32) "\00\01\07")
    (global $size (mut i32) (i32.const 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $size (local.get 3))
      (i32.const 64))
    (func (export "narrow") (result i32) (i32.const 16))
    (func (export "wide") (result i32) (i32.const 32))
    (func (export "size") (param i32 i32) (result i32) (global.get $size)))
  (core instance $m (instantiate $M))
  (alias core export $m "mem" (core memory $mem))
  (alias core export $m "realloc" (core func $realloc))
  (func (export "load-narrow") (result (tuple $narrow u8))
    (canon lift (core func $m "narrow") (memory (core memory $mem))))
  (func (export "load-wide") (result (tuple $wide u8))
    (canon lift (core func $m "wide") (memory (core memory $mem))))
  (func (export "size-narrow") (param "l" (list $narrow)) (result u32)
    (canon lift (core func $m "size") (memory (core memory $mem)) (realloc (core func $realloc))))
  (func (export "size-wide") (param "l" (list $wide)) (result u32)
    (canon lift (core func $m "size") (memory (core memory $mem)) (realloc (core func $realloc)))))

(assert_return (invoke "load-narrow") (tuple.const (enum.const "cff") (u8.const 7)))
(assert_return (invoke "load-wide") (tuple.const (enum.const "c100") (u8.const 7)))
(assert_return
  (invoke "size-narrow" (list.const (enum.const "c00") (enum.const "cff"))) (u32.const 2))
(assert_return
  (invoke "size-wide" (list.const (enum.const "c00") (enum.const "c100"))) (u32.const 4))
