;; CM#704, tools#2626
;; At the pinned commit hyphens count when names are compared: `a-b` and `ab` are two names. A
;; later commit drops them; these components are invalid from there on.
;; Explainer.md: Name Uniqueness
;; Holds from: f8299a8
(component definition
  (import "a-b" (func))
  (import "ab" (func))
  (import "c-d" (type $r (sub resource)))
  (import "[method]c-d.cd" (func (param "self" (borrow $r)))))

(component
  (type (record (field "a-b" u8) (field "ab" u8))))

(assert_invalid
  (component (import "a-b" (func)) (import "A-b" (func)))
  "conflicts with previous name")
