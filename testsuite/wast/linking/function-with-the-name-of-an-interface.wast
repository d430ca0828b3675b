;; An import with the name of an interface may be a function.
(component definition
  (import "wasi:http/types" (func)))
