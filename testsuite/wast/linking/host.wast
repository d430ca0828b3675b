;; What a runner offers to scripts: functions.
(component
  (import "host-return-two" (func $two (result u32)))
  (import "host" (instance $host
    (export "return-three" (func (result u32)))
    (export "return-hi" (func (result string)))
    (export "nested" (instance (export "return-four" (func (result u32)))))))
  (alias export $host "return-three" (func $three))
  (alias export $host "return-hi" (func $hi))
  (alias export $host "nested" (instance $nested))
  (alias export $nested "return-four" (func $four))
  (export "two" (func $two))
  (export "three" (func $three))
  (export "hi" (func $hi))
  (export "four" (func $four)))
(assert_return (invoke "two") (u32.const 2))
(assert_return (invoke "three") (u32.const 3))
(assert_return (invoke "four") (u32.const 4))
(assert_return (invoke "hi") (str.const "hi"))

;; Async ones. What they call their parameters is up to who imports them.
(component
  (import "host-echo-u32" (func $echo async (param "any" u32) (result u32)))
  (import "host" (instance $host
    (export "echo-slowly" (func async (param "x" u32) (result u32)))
    (export "return-two-slowly" (func async (result u32)))
    (export "never-return" (func async))))
  (alias export $host "echo-slowly" (func $slowly))
  (alias export $host "return-two-slowly" (func $two))
  (alias export $host "never-return" (func $never))
  (export "echo" (func $echo))
  (export "slowly" (func $slowly))
  (export "two" (func $two))
  (export "never" (func $never)))
(assert_return (invoke "echo" (u32.const 7)) (u32.const 7))
(assert_return (invoke "slowly" (u32.const 8)) (u32.const 8))
(assert_return (invoke "two") (u32.const 2))
(assert_trap (invoke "never") "deadlock detected: event loop cannot make further progress")

;; A module.
(component
  (import "host" (instance $host
    (export "simple-module" (core module
      (export "g" (global i32))
      (export "f" (func (result i32)))))))
  (alias export $host "simple-module" (core module $m))
  (core instance $i (instantiate $m))
  (func (export "f") (result u32) (canon lift (core func $i "f"))))
(assert_return (invoke "f") (u32.const 101))

;; Resources: dropping one counts, and records its representation.
(component
  (import "host" (instance $host
    (export "resource1" (type $r (sub resource)))
    (export "resource2" (type $r2 (sub resource)))
    (export "resource1-again" (type (eq $r)))
    (export "[constructor]resource1" (func (param "rep" u32) (result (own $r))))
    (export "[static]resource1.assert" (func (param "r" (own $r)) (param "rep" u32)))
    (export "[static]resource1.last-drop" (func (result u32)))
    (export "[static]resource1.drops" (func (result u32)))
    (export "[method]resource1.simple" (func (param "self" (borrow $r)) (param "rep" u32)))
    (export "[method]resource1.take-own" (func (param "self" (borrow $r)) (param "b" (own $r))))))
  (alias export $host "resource1" (type $r))
  (core func $drop (canon resource.drop $r))
  (core func $new (canon lower (func $host "[constructor]resource1")))
  (core func $assert (canon lower (func $host "[static]resource1.assert")))
  (core func $simple (canon lower (func $host "[method]resource1.simple")))
  (core func $take-own (canon lower (func $host "[method]resource1.take-own")))
  (core module $m
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "assert" (func $assert (param i32 i32)))
    (import "" "simple" (func $simple (param i32 i32)))
    (import "" "take-own" (func $take-own (param i32 i32)))
    (func (export "run") (local $a i32)
      (local.set $a (call $new (i32.const 100)))
      (call $simple (local.get $a) (i32.const 100))
      (call $take-own (local.get $a) (call $new (i32.const 5)))
      (call $drop (local.get $a))
      (call $assert (call $new (i32.const 200)) (i32.const 200)))
    (func (export "wrong") (call $assert (call $new (i32.const 1)) (i32.const 2))))
  (core instance $i (instantiate $m (with "" (instance
    (export "new" (func $new)) (export "drop" (func $drop)) (export "assert" (func $assert))
    (export "simple" (func $simple)) (export "take-own" (func $take-own))))))
  (func (export "run") (canon lift (core func $i "run")))
  (func (export "wrong") (canon lift (core func $i "wrong")))
  (export "last-drop" (func $host "[static]resource1.last-drop"))
  (export "drops" (func $host "[static]resource1.drops")))
(assert_return (invoke "run"))
(assert_return (invoke "drops") (u32.const 1))
(assert_return (invoke "last-drop") (u32.const 100))
(assert_trap (invoke "wrong") "unreachable")

;; Types are compared, and names that are not there are missing.
(assert_unlinkable
  (component (import "host-return-two" (func (result s32))))
  "incompatible import type")
(assert_unlinkable
  (component (import "host-return-two" (func async (result u32))))
  "incompatible import type")
(assert_unlinkable
  (component (import "host" (instance (export "no-such" (func)))))
  "incompatible import type")
(assert_unlinkable
  (component
    (import "host" (instance
      (export "resource1" (type $r (sub resource)))
      (export "resource2" (type (eq $r))))))
  "incompatible import type")
