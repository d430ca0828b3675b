;; tools#2625
;; Case does not tell the names of interfaces or of methods apart either. A validator compared only
;; plain names so.
;; Explainer.md: Name Uniqueness
;; Holds from: f8299a8
(component definition
  (import "foo:bar/baz" (instance))
  (import "foo:bar/qux" (instance)))

(assert_invalid
  (component (import "foo:bar/baz" (instance)) (import "foo:bar/BAZ" (instance)))
  "conflicts with previous name")
(assert_invalid
  (component
    (import "r" (type $r (sub resource)))
    (import "[method]r.m" (func (param "self" (borrow $r))))
    (import "[method]r.M" (func (param "self" (borrow $r)))))
  "conflicts with previous name")
