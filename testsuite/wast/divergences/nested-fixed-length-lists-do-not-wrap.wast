;; CM#682, WT#13980
;; The size of nested lists of fixed length is computed without a limit of its own: 2^32 bytes are
;; no 0 bytes, and 2^34 are too many in a type that nobody uses.
;; CanonicalABI.md: Element Size
;; Holds from: ce4fb2b
(component
  (type $row (list u8 16383))
  (type (list $row 16384)))

(assert_invalid
  (component (type $row (list u8 16384)) (type (list $row 16384)))
  "exceeds maximum byte size")
(assert_invalid
  (component (type $row (list u8 65536)) (type (list $row 65536)))
  "exceeds maximum byte size")
(assert_invalid
  (component (type $l (list u64 1073741824)) (type $t (tuple $l $l)))
  "exceeds maximum byte size")
