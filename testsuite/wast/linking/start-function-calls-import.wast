;; A core start function runs inside its component instance, and may call imports.
(component
  (component $Log
    (core module $M
      (global $n (mut i32) (i32.const 0))
      (func (export "add") (param i32)
        (global.set $n (i32.add (i32.mul (global.get $n) (i32.const 10)) (local.get 0))))
      (func (export "get") (result i32) (global.get $n)))
    (core instance $m (instantiate $M))
    (func (export "add") (param "x" u32) (canon lift (core func $m "add")))
    (func (export "get") (result u32) (canon lift (core func $m "get"))))
  (component $Starter
    (import "log" (instance $log (export "add" (func (param "x" u32)))))
    (core func $add (canon lower (func $log "add")))
    (core module $M
      (import "log" "add" (func $add (param i32)))
      (func $one (call $add (i32.const 1)))
      (start $one))
    (core module $N
      (import "log" "add" (func $add (param i32)))
      (func $two (call $add (i32.const 2)))
      (start $two))
    (core instance (instantiate $M (with "log" (instance (export "add" (func $add))))))
    (core instance (instantiate $N (with "log" (instance (export "add" (func $add)))))))
  (instance $log (instantiate $Log))
  (instance (instantiate $Starter (with "log" (instance $log))))
  (instance (instantiate $Starter (with "log" (instance $log))))
  (func (export "get") (alias export $log "get")))

(assert_return (invoke "get") (u32.const 1212))
