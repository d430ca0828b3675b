;;! component_model_nested_names = true

;; Several namespaces and projections in a name.
(component definition
  (import "foo:bar:baz/qux" (func))
  (import "foo:bar/baz/qux" (func)))
