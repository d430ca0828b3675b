;; CM#675, tools#2545
;; An outer alias may name the scope that it stands in, by 0. It may not take what an outer alias
;; cannot take elsewhere, a function or an instance, although no boundary is crossed.
;; Explainer.md: Alias Definitions (outeraliassort)
;; Holds from: f7c2303
(component
  (type $t u8)
  (core module $m)
  (component $c)
  (alias outer 0 $t (type $again))
  (alias outer 0 $m (core module $m2))
  (alias outer 0 $c (component $c2))
  (type (list $again))
  (core instance (instantiate $m2))
  (instance (instantiate $c2)))

;; a resource type, too, as long as no component is left
(component
  (type $r (resource (rep i32)))
  (alias outer 0 $r (type $again))
  (canon resource.new $again (core func)))
(assert_invalid
  (component $C
    (type $r (resource (rep i32)))
    (component (alias outer $C $r (type $again))))
  "transitively refers to resources")

(assert_malformed
  (component quote
    "(core module $m (func (export \"f\")))"
    "(core instance $i (instantiate $m))"
    "(alias core export $i \"f\" (core func $f))"
    "(alias outer 0 0 (core func $again))")
  "unexpected token")
(assert_malformed
  (component binary "\00asm\0d\00\01\00"
    "\05\03\01" "\01\00"                 ;; (instance)
    "\06\05\01" "\05\02\00\00")          ;; (alias outer 0 0 (instance))
  "invalid leading byte (0x5) for component outer alias kind")
