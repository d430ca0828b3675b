;; CM#157, CM#159
;; The types of imports and exports are numbered as the sorts are: 4 is a component, 5 an instance.
;; The binary format once had it the other way round in one of the two.
;; Binary.md: Type Definitions (externtype)
;; Holds from: 7598adc

;; a component type and an instance type, imported as what they are
(component definition binary "\00asm\0d\00\01\00"
  "\07\05\02" "\41\00" "\42\00"          ;; type section: (type (component)) (type (instance))
  "\0a\0b\02"                            ;; import section
  "\00\01c\04\00"                        ;; (import "c" (component (type 0)))
  "\00\01i\05\01")                       ;; (import "i" (instance (type 1)))

(assert_invalid
  (component binary "\00asm\0d\00\01\00"
    "\07\03\01" "\41\00"
    "\0a\06\01" "\00\01c\05\00")         ;; (import "c" (instance (type 0)))
  "not an instance type")
(assert_invalid
  (component binary "\00asm\0d\00\01\00"
    "\07\03\01" "\42\00"
    "\0a\06\01" "\00\01i\04\00")         ;; (import "i" (component (type 0)))
  "not a component type")
