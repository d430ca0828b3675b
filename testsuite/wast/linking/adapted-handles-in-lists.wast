;; A list of owned handles with names, through realloc: what canon adapt has to carry over, too.
(component
  (component $Files
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 32) "\01\00\00\00\08\00\00\00\03\00\00\00\00\00\00\00")
      (data (i32.const 8) "etc"))
    (core instance $mem (instantiate $Memory))
    (type $file' (resource (rep i32)))
    (export $file "file" (type $file'))
    (canon resource.new $file' (core func $new))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "new" (func $new (param i32) (result i32)))
      ;; one pair of a handle and a string, at 32; pointer and length of the list at 64
      (func (export "list") (result i32)
        (i32.store (i32.const 32) (call $new (i32.const 42)))
        (i32.store (i32.const 64) (i32.const 32))
        (i32.store (i32.const 68) (i32.const 1))
        (i32.const 64))
      (func (export "rep") (param i32) (result i32) (local.get 0)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "new" (func $new))))))
    (func (export "list") (result (list (tuple (own $file) string)))
      (canon lift (core func $m "list") (memory (core memory $mem "mem"))))
    (func (export "rep") (param "f" (borrow $file)) (result u32)
      (canon lift (core func $m "rep"))))
  (instance $files (instantiate $Files))
  (component $User
    (import "files" (instance $files
      (export "file" (type $file (sub resource)))
      (export "list" (func (result (list (tuple (own $file) string)))))
      (export "rep" (func (param "f" (borrow $file)) (result u32)))))
    (alias export $files "file" (type $file))
    (core module $Memory
      (memory (export "mem") 1)
      (global $top (mut i32) (i32.const 256))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (global.get $top)
        (global.set $top (i32.add (global.get $top)
          (i32.and (i32.add (local.get 3) (i32.const 7)) (i32.const -8))))))
    (core instance $mem (instantiate $Memory))
    (canon lower (func $files "list") (memory (core memory $mem "mem"))
      (realloc (core func $mem "realloc")) (core func $list))
    (canon lower (func $files "rep") (core func $rep))
    (canon resource.drop $file (core func $drop))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "list" (func $list (param i32)))
      (import "" "rep" (func $rep (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "run") (result i32) (local $pair i32) (local $result i32)
        (call $list (i32.const 16))
        (if (i32.ne (i32.load (i32.const 20)) (i32.const 1)) (then (unreachable)))
        (local.set $pair (i32.load (i32.const 16)))
        ;; "etc" of length 3
        (if (i32.ne (i32.load8_u offset=1 (i32.load offset=4 (local.get $pair))) (i32.const 116))
          (then (unreachable)))
        (local.set $result (i32.add (call $rep (i32.load (local.get $pair)))
          (i32.mul (i32.const 100) (i32.load offset=8 (local.get $pair)))))
        (call $drop (i32.load (local.get $pair)))
        (local.get $result)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $mem "mem")) (export "list" (func $list)) (export "rep" (func $rep))
      (export "drop" (func $drop))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $user (instantiate $User (with "files" (instance $files))))
  (export "run" (func $user "run")))

(assert_return (invoke "run") (u32.const 342))
