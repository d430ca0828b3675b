;;! component_model_more_async_builtins = false
;;! component_model_async_stackful = false

;; Options of built-ins that are gated apart from async.

(assert_invalid
  (component
    (core module $m (memory (export "m") 1))
    (core instance $i (instantiate $m))
    (type $s (stream u8))
    (canon stream.read $s (memory (core memory $i "m")) (core func)))
  "feature disabled")
(assert_invalid (component (canon subtask.cancel async (core func))) "feature disabled")
(assert_invalid
  (component (type $s (stream u8)) (canon stream.cancel-read $s async (core func)))
  "feature disabled")
(assert_invalid
  (component
    (core module $m (func (export "f")))
    (core instance $i (instantiate $m))
    (func async (canon lift (core func $i "f") async)))
  "feature disabled")

(component
  (core module $m (memory (export "m") 1))
  (core instance $i (instantiate $m))
  (type $s (stream u8))
  (canon stream.read $s async (memory (core memory $i "m")) (core func))
  (canon subtask.cancel (core func))
  (canon stream.cancel-read $s (core func)))
