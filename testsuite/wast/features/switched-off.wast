;;! component_model_async = false
;;! component_model_threading = false
;;! component_model_error_context = false
;;! component_model_fixed_length_lists = false
;;! component_model_map = false
;;! component_model_implements = false
;;! component_model_values = false
;;! component_model_canonical_names = false
;;! memory64 = false

;; Every gated construct is invalid when its feature is off.

(assert_invalid (component (type (stream u8))) "feature disabled")
(assert_invalid (component (type (future))) "feature disabled")
(assert_invalid (component (type (func async))) "feature disabled")
(assert_invalid (component (type (component (type (future))))) "feature disabled")
(assert_invalid (component (component (type (future)))) "feature disabled")
(assert_invalid (component (canon backpressure.inc (core func))) "feature disabled")
(assert_invalid
  (component
    (import "f" (func $f))
    (core func (canon lower (func $f) async)))
  "feature disabled")
(assert_invalid (component (canon thread.index (core func))) "feature disabled")
(assert_invalid (component (type error-context)) "feature disabled")
(assert_invalid (component (type (list error-context))) "feature disabled")
(assert_invalid (component (type (func (result error-context)))) "feature disabled")
(assert_invalid (component (type (list u8 4))) "feature disabled")
(assert_invalid (component (type (map u8 u8))) "feature disabled")
(assert_invalid
  (component (import "a" (implements "a:b/c") (instance)))
  "feature disabled")
(assert_invalid (component (import "f" (external-id "x") (func))) "feature disabled")
(assert_invalid (component (value bool true)) "feature disabled")
(assert_invalid (component (import "v" (value bool))) "feature disabled")
(assert_invalid
  (component (import "a:b/c@0.1" (versionsuffix ".2") (instance)))
  "feature disabled")
(assert_invalid (component (type (resource (rep i64)))) "feature disabled")
(assert_invalid
  (component (core type (module (import "a" "b" (memory i64 1)))))
  "feature disabled")

;; What is not gated stays valid.
(component definition
  (type (list u8))
  (type (func (param "x" (option string))))
  (import "f" (func)))
