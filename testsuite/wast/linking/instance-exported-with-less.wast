;; The type of an exported instance may leave exports out.
(component definition
  (core module $M (func (export "f")))
  (core instance $m (instantiate $M))
  (func $f (canon lift (core func $m "f")))
  (instance $i (export "f" (func $f)))
  (export "i" (instance $i) (instance)))
