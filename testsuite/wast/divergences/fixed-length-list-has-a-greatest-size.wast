;; CM#688
;; A value type takes less than 2^28 bytes. A list of fixed length can say more, and is invalid
;; then.
;; CanonicalABI.md: Element Size
;; Holds from: ce4fb2b
(component
  (type (list u8 268435455))
  (type (list u64 33554431)))

(assert_invalid (component (type (list u8 268435456))) "exceeds maximum byte size")
(assert_invalid (component (type (list u64 33554432))) "exceeds maximum byte size")
