;; The instructions of a function are made where those of the function before it were: nothing of them
;; may stay behind. The jump over the clauses of a try_table, and one that takes values along, stand
;; here where constants with all bits set stood.
(module
  (tag $t (param i32))
  (func
    (drop (i64.const -1)) (drop (i64.const -1)) (drop (i64.const -1)) (drop (i64.const -1))
    (drop (i64.const -1)) (drop (i64.const -1)) (drop (i64.const -1)) (drop (i64.const -1)))
  (func (export "try") (param i32) (result i32)
    (block $caught (result i32)
      (try_table (result i32) (catch $t $caught)
        (if (local.get 0) (then (throw $t (i32.const 5))))
        (i32.const 6))))
  (func
    (drop (i64.const -1)) (drop (i64.const -1)) (drop (i64.const -1)) (drop (i64.const -1))
    (drop (i64.const -1)) (drop (i64.const -1)) (drop (i64.const -1)) (drop (i64.const -1)))
  (func (export "no clause") (result i32)
    (try_table (result i32) (i32.const 7))))
(assert_return (invoke "try" (i32.const 0)) (i32.const 6))
(assert_return (invoke "try" (i32.const 1)) (i32.const 5))
(assert_return (invoke "no clause") (i32.const 7))
