;; CM#702, CM#703
;; Whether names are too alike is asked of their canonical forms, where case is gone first: `FOO`
;; is `foo`, which is `[method]foo.foo`. Before, `FOO` and `[method]foo.foo` were let pass
;; together.
;; Explainer.md: Name Uniqueness
;; Holds from: 203afa2

(component definition
  (import "foo" (type $foo (sub resource)))
  (import "[constructor]foo" (func (result (own $foo))))
  (import "[method]foo.bar" (func (param "self" (borrow $foo))))
  (import "BAR" (func)))

(assert_invalid
  (component
    (import "foo" (type $foo (sub resource)))
    (import "[method]foo.foo" (func (param "self" (borrow $foo)))))
  "conflicts with previous name")
(assert_invalid
  (component
    (import "foo" (type $foo (sub resource)))
    (import "[method]foo.FOO" (func (param "self" (borrow $foo)))))
  "conflicts with previous name")
(assert_invalid
  (component
    (import "FOO" (type $foo (sub resource)))
    (import "[static]FOO.foo" (func)))
  "conflicts with previous name")
(assert_invalid
  (component
    (import "foo" (type $foo (sub resource)))
    (import "[constructor]foo" (func (result (own $foo))))
    (import "[constructor]FOO" (func (result (own $foo)))))
  "conflicts with previous name")
