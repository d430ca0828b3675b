;; jco#1867, jco#1863
;;
;; A handle that was dropped is not in the table any more: to drop it again, to ask for its
;; representation and to pass it on traps.
;;
;; jco#1867: it went on working. jco#1863: an error of the host's was thrown, which is no trap.
;; Decided by CanonicalABI.md, "Table State" and "canon resource.drop", since a26ee99 (2022-11-17) of
;; WebAssembly/component-model.
;; Holds from: a26ee99
(component definition $T
  (type $R (resource (rep i32)))
  (canon resource.new $R (core func $new))
  (canon resource.rep $R (core func $rep))
  (canon resource.drop $R (core func $drop))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "rep" (func $rep (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func $dead (result i32) (local $h i32)
      (local.set $h (call $new (i32.const 42)))
      (if (i32.ne (call $rep (local.get $h)) (i32.const 42)) (then (unreachable)))
      (call $drop (local.get $h))
      (local.get $h))
    (func (export "drop-twice") (call $drop (call $dead)))
    (func (export "rep-of-it") (drop (call $rep (call $dead))))
    (func (export "return-it") (result i32) (call $dead)))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop))))))
  (export $R' "R" (type $R))
  (func (export "drop-twice") (canon lift (core func $m "drop-twice")))
  (func (export "rep-of-it") (canon lift (core func $m "rep-of-it")))
  (func (export "return-it") (result (own $R')) (canon lift (core func $m "return-it"))))

(component instance $a $T)
(assert_trap (invoke "drop-twice") "unknown handle index 1")
(component instance $b $T)
(assert_trap (invoke "rep-of-it") "unknown handle index 1")
(component instance $c $T)
(assert_trap (invoke "return-it") "unknown handle index 1")
