;; A string goes from a component with utf8 to one with utf16 and keeps its characters.
(component
  (component $Count
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "units") (param i32 i32) (result i32) (local.get 1)))
    (core instance $m (instantiate $M))
    (func (export "units") (param "s" string) (result u32)
      (canon lift (core func $m "units") string-encoding=utf16
        (memory (core memory $m "mem")) (realloc (core func $m "realloc")))))
  (component $Main
    (import "units" (func $units (param "s" string) (result u32)))
    (core module $Libc
      (memory (export "mem") 1)
      (data (i32.const 0) "a\c3\a9\f0\9f\98\80"))
    (core instance $libc (instantiate $Libc))
    (core func $units' (canon lower (func $units) string-encoding=utf8
      (memory (core memory $libc "mem"))))
    (core module $M
      (import "" "units" (func $units (param i32 i32) (result i32)))
      (func (export "run") (result i32) (call $units (i32.const 0) (i32.const 7))))
    (core instance $m (instantiate $M (with "" (instance (export "units" (func $units'))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $count (instantiate $Count))
  (instance $main (instantiate $Main (with "units" (func $count "units"))))
  (func (export "run") (alias export $main "run")))

;; one unit each for "a" and e acute, two for the emoji
(assert_return (invoke "run") (u32.const 4))
