;; WT#13963
;; The text of a quote is read: what is well-formed runs as any component does, and what is
;; malformed says at which token. That `assert_malformed` of a well-formed quote fails, no script
;; that passes can show: testsuite/cli/run.sh does (well-formed-quote).
;; Explainer.md: Component Definitions
;; Holds from: a26ee99
(component quote
  "(core module $m (func (export \"f\") (result i32) (i32.const 7)))"
  "(core instance $i (instantiate $m))"
  "(func (export \"f\") (result u32) (canon lift (core func $i \"f\")))")
(assert_return (invoke "f") (u32.const 7))

(assert_malformed (component quote "(import \"f\" (func $f)") "unexpected token")
(assert_malformed (component quote "(import \"f\" (fun $f))") "unexpected token")
;; well-formed, but invalid
(assert_invalid (component quote "(import \"f\" (func (type 0)))") "type index out of bounds")
