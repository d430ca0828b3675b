;; Characters that turn the order of a text around, so that a reader sees another one: refused in
;; components, in strings, names and comments, and not where they are escaped. Core text has them.

(assert_malformed (component quote ";; \e2\80\ae\0a") "likely-confusing unicode character")
(assert_malformed (component quote "(; \e2\80\aa ;)") "likely-confusing unicode character")
(assert_malformed
  (component quote "(@custom \"\e2\81\a6\")") "likely-confusing unicode character")
(assert_malformed
  (component quote "(type $\"\e2\81\a9\" u32)") "likely-confusing unicode character")
(assert_malformed
  (component quote "(core module (; \e2\81\ac ;))") "likely-confusing unicode character")

(component quote ";; \e2\80\ac \e2\80\a8 \e2\81\a5 \e2\81\aa \c3\a2\0a")
(component quote "(@custom \"\\u{202e}\")")
(component binary "\00asm\0d\00\01\00" "\00\04\03\e2\80\ae")
(module quote ";; \e2\80\ae\0a")
