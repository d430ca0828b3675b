;; tools#2044
;; In the binary format an error context is 0x64, a future 0x65, a stream 0x66, and a list of fixed
;; length 0x67, which once stood for futures in a tool. The built-ins tell which type it is.
;; Binary.md: Type Definitions (defvaltype)
;; Holds from: a9197cc

(component binary "\00asm\0d\00\01\00"
  "\07\0b\04"                            ;; type section
  "\64"                                  ;; error-context
  "\65\01\7d"                            ;; (future u8)
  "\66\01\7d"                            ;; (stream u8)
  "\67\7d\04"                            ;; (list u8 4)
  "\08\05\02" "\15\01" "\0e\02")         ;; (canon future.new 1) (canon stream.new 2)

(assert_invalid
  (component binary "\00asm\0d\00\01\00"
    "\07\04\01" "\66\01\7d"              ;; (stream u8)
    "\08\03\01" "\15\00")                ;; (canon future.new 0)
  "not a future type")
(assert_invalid
  (component binary "\00asm\0d\00\01\00"
    "\07\04\01" "\67\7d\04"              ;; (list u8 4)
    "\08\03\01" "\15\00")                ;; (canon future.new 0)
  "not a future type")
(assert_malformed
  (component binary "\00asm\0d\00\01\00"
    "\07\04\01" "\62\01\7d")             ;; no type begins so
  "invalid leading byte (0x62) for component defined type")
