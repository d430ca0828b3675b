;; A result of more than one flat value is read from memory, field by field, with padding.
(component
  (type $r' (record (field "a" u8) (field "b" u64) (field "c" string)))
  (export $r "r" (type $r'))
  (core module $M
    (memory (export "mem") 1)
    (data (i32.const 16) "\07\ff\ff\ff\ff\ff\ff\ff\08\00\00\00\00\00\00\01\40\00\00\00\02\00\00\00")
    (data (i32.const 64) "hi")
    (func (export "get") (result i32) (i32.const 16)))
  (core instance $m (instantiate $M))
  (func (export "get") (result $r) (canon lift (core func $m "get") (memory (core memory $m "mem")))))

(assert_return (invoke "get")
  (record.const (field "a" u8.const 7) (field "b" u64.const 0x0100000000000008)
    (field "c" str.const "hi")))
