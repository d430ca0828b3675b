;; CM#622, CM#623
;; The name of an import or export begins with 0 or 1, which mean the same, or with 2, and then
;; attributes follow. Encoders had written 1 for interface names, when 1 was to announce a suffix.
;; Binary.md: Import and Export Definitions (nameattributes)
;; Holds from: 609567d

(component definition binary "\00asm\0d\00\01\00"
  "\07\03\01" "\42\00"                   ;; (type (instance))
  "\0a\19\03"                            ;; import section
  "\00\05a:b/c\05\00"                    ;; (import "a:b/c" (instance (type 0)))
  "\01\05a:b/d\05\00"                    ;; (import "a:b/d" (instance (type 0)))
  "\02\01p\00\05\00")                    ;; (import "p" (instance (type 0))), and no attribute

;; 0 and 1 are one name space
(assert_invalid
  (component binary "\00asm\0d\00\01\00"
    "\07\03\01" "\42\00"
    "\0a\0b\02" "\00\01p\05\00" "\01\01p\05\00")
  "conflicts with previous name")
(assert_malformed
  (component binary "\00asm\0d\00\01\00"
    "\07\03\01" "\42\00"
    "\0a\06\01" "\03\01p\05\00")
  "invalid leading byte (0x3) for component name")
