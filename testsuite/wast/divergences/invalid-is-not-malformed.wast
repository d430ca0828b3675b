;; CM#710
;; A binary that the grammar does not have is malformed; one that says what the rules forbid is
;; invalid. A script that mixes them up passes where a runner takes any error for either. That it
;; fails here: testsuite/cli/run.sh (invalid-for-malformed).
;; Binary.md: Type Definitions (functype, defvaltype)
;; Holds from: cdad9c3

;; (func): 0x40, no parameters, no result
(component definition binary "\00asm\0d\00\01\00" "\07\05\01" "\40\00\01\00")
(assert_malformed
  (component binary "\00asm\0d\00\01\00" "\07\05\01" "\40\00\02\00")
  "invalid leading byte (0x2) for component function results")
(assert_malformed
  (component binary "\00asm\0d\00\01\00" "\07\05\01" "\40\00\01\01")
  "invalid leading byte (0x1) for number of results")
(assert_invalid
  (component binary "\00asm\0d\00\01\00" "\07\05\01" "\40\00\00\07")
  "type index out of bounds")
