;; Where annotations that mean something may stand: core specification, appendix "Custom Sections and
;; Annotations". What is called something is called that in messages and in the name section alone.

(module $m (@name "a module")
  (type (@name "of f") (func (param (@name "x") i32)))
  (type $s (@name "of s") (struct (field $a (@name "b") i32) (field (@name "c") i64)))
  (import "spectest" "print" (func $p (@name "print it")))
  (func $f (@name "λ") (type 0) (param $x (@name "y") i32) (local (@name "z") i32) (call $p))
  (func $g (@name "λ"))
  (table $t (@name "λ") 1 funcref)
  (memory (@name "λ") 1)
  (global $l (@name "λ") i32 (i32.const 0))
  (tag (@name "λ"))
  (elem $e (@name "λ") func $f $g)
  (data (@name "λ") "x")
  (@custom "behind it all" "x" "y"))

;; The identifier is what counts.
(assert_malformed
  (module quote "(func $f (@name \"g\")) (func (call $g))") "unknown function")

(module quote "(module (@name \"one\"))")
(module quote "(@custom \"x\") (func) (@custom \"y\" (before last))")

(assert_malformed_custom (module quote "(func (@name))") "unexpected token")
(assert_malformed_custom (module quote "(func (@name x))") "unexpected token")
(assert_malformed_custom (module quote "(func (@name \"x\" \"y\"))") "unexpected token")
(assert_malformed_custom (module quote "(func (@name \"\\ff\"))") "malformed UTF-8 encoding")
(assert_malformed_custom
  (module quote "(func (@name \"x\") (@name \"y\"))") "@name annotation: multiple module")
(assert_malformed_custom
  (module quote "(module (@name \"x\") (@name \"y\"))") "@name annotation: multiple module")
(assert_malformed_custom (module quote "(@name \"x\")") "misplaced @name annotation")
(assert_malformed_custom (module quote "(module (func) (@name \"x\"))") "misplaced @name annotation")
(assert_malformed_custom (module quote "(func (@name \"x\") $f)") "misplaced @name annotation")
(assert_malformed_custom
  (module quote "(func (param (@name \"x\") i32 i32))") "misplaced @name annotation")
(assert_malformed_custom
  (module quote "(func (local i32 (@name \"x\")))") "misplaced @name annotation")
(assert_malformed_custom
  (module quote "(func (block $b (@name \"x\")))") "misplaced @name annotation")
(assert_malformed_custom
  (module quote "(func (param i32 (@custom \"x\")))") "misplaced @custom annotation")
(assert_malformed_custom (module quote "(func (nop (@custom \"x\")))") "misplaced @custom annotation")
(assert_malformed_custom (module quote "(@custom)") "@custom annotation: missing section name")
(assert_malformed_custom
  (module quote "(@custom \"x\" (behind type))") "@custom annotation: malformed placement")
(assert_malformed_custom
  (module quote "(@custom \"x\" (after it))") "@custom annotation: malformed section kind")
(assert_malformed_custom (module quote "(@custom \"x\" type)") "@custom annotation: unexpected token")
