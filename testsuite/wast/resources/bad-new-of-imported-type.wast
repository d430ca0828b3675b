;; Only the component that defines a resource type can make resources of it.
(assert_invalid
  (component
    (import "R" (type $R (sub resource)))
    (canon resource.new $R (core func)))
  "not a local resource")
