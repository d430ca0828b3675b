;; The option is 0x70, value.lower 0x70 and value.drop 0x71: private codes, far from those that are
;; counted up.
(component definition binary
  "\00asm" "\0d\00\01\00"
  "\01\14\00asm\01\00\00\00"               ;; core module: (memory (export "m") 1)
  "\05\03\01\00\01"
  "\07\05\01\01m\02\00"
  "\02\04\01\00\00\00"                     ;; core instance
  "\06\07\01\00\02\01\00\01m"              ;; alias core export 0 "m" (core memory)
  "\08\07\02\70\73\01\03\00\71"            ;; value.lower string (memory 0); value.drop
  "\07\08\01\40\01\01s\73\01\00"           ;; type (func (param "s" string))
  "\0a\06\01\00\01f\01\00"                 ;; import "f" (func (type 0))
  "\08\08\01\01\00\00\02\70\03\00")         ;; canon lower (func 0) lazy (memory 0)

(assert_invalid
  (component binary
    "\00asm" "\0d\00\01\00"
    "\07\05\01\40\00\01\00"                ;; type (func)
    "\0a\06\01\00\01f\01\00"               ;; import "f" (func (type 0))
    "\08\07\01\01\00\00\02\70\70")         ;; canon lower (func 0) lazy lazy
  "canonical option `lazy` is specified more than once")
