;; More than 16 flat parameters are passed in memory, which realloc gives.
(component
  (core module $M
    (memory (export "mem") 1)
    (global $size (mut i32) (i32.const 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $size (local.get 3))
      (i32.const 64))
    (func (export "sum") (param $p i32) (result i32)
      (local $i i32) (local $sum i32)
      (loop $next
        (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $p))))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const 17))))
      (local.get $sum))
    (func (export "size") (result i32) (global.get $size)))
  (core instance $m (instantiate $M))
  (func (export "sum")
    (param "t" (tuple u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32))
    (result u32)
    (canon lift (core func $m "sum")
      (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
  (func (export "size") (result u32) (canon lift (core func $m "size"))))

(assert_return
  (invoke "sum" (tuple.const
    (u32.const 1) (u32.const 2) (u32.const 3) (u32.const 4) (u32.const 5) (u32.const 6)
    (u32.const 7) (u32.const 8) (u32.const 9) (u32.const 10) (u32.const 11) (u32.const 12)
    (u32.const 13) (u32.const 14) (u32.const 15) (u32.const 16) (u32.const 17)))
  (u32.const 153))
(assert_return (invoke "size") (u32.const 68))
