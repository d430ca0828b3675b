/* suite.c - see suite.h. The host is a component like any other, written as text: so its
 * functions are lifted and its resources dropped as the definitions say. It keeps to 1.0-pre, so
 * that a script does that uses it. */
#include "host/suite.h"

#include "component/load.h"

static const char text[] =
	"(component $host\n"
	"  (core module $m\n"
	"    (import \"\" \"new\" (func $new (param i32) (result i32)))\n"
	"    (import \"\" \"rep\" (func $rep (param i32) (result i32)))\n"
	"    (import \"\" \"put\" (func $put (param i32)))\n"
	"    (import \"\" \"get\" (func $get (result i32)))\n"
	"    (import \"\" \"set\" (func $set (result i32)))\n"
	"    (import \"\" \"return\" (func $return (param i32)))\n"
	"    (import \"drops\" \"last\" (global $last (mut i32)))\n"
	"    (import \"drops\" \"count\" (global $count (mut i32)))\n"
	"    (func (export \"three\") (result i32) i32.const 3)\n"
	"    (func (export \"four\") (result i32) i32.const 4)\n"
	"    (func (export \"hi\") (result i32) i32.const 8)\n"
	/* Each yields, and returns what is in its context; or waits for a set with nothing in it. */
	"    (func $slowly (export \"echo-slowly\") (param i32) (result i32)\n"
	"      (call $put (local.get 0)) (i32.const 1))\n"
	"    (func (export \"two-slowly\") (result i32) (call $slowly (i32.const 2)))\n"
	"    (func (export \"slow\") (param i32 i32 i32) (result i32)\n"
	"      (call $return (call $get)) (i32.const 0))\n"
	"    (func $never (export \"never\") (result i32)\n"
	"      (i32.or (i32.const 2) (i32.shl (call $set) (i32.const 4))))\n"
	"    (func (export \"never-method\") (param i32) (result i32) (call $never))\n"
	"    (func (export \"constructor\") (param i32) (result i32) (call $new (local.get 0)))\n"
	"    (func (export \"assert\") (param i32 i32)\n"
	"      (if (i32.ne (call $rep (local.get 0)) (local.get 1)) (then unreachable)))\n"
	"    (func (export \"simple\") (param i32 i32)\n"
	"      (if (i32.ne (local.get 0) (local.get 1)) (then unreachable)))\n"
	"    (func (export \"take-two\") (param i32 i32))\n"
	"    (func (export \"last-drop\") (result i32) (global.get $last))\n"
	"    (func (export \"drops\") (result i32) (global.get $count)))\n"
	"  (core module $drops\n"
	"    (memory (export \"mem\") 1)\n"
	"    (data (i32.const 8) \"\\10\\00\\00\\00\\02\\00\\00\\00hi\")\n"
	"    (global $last (export \"last\") (mut i32) (i32.const 0))\n"
	"    (global $count (export \"count\") (mut i32) (i32.const 0))\n"
	"    (func (export \"drop\") (param i32)\n"
	"      (global.set $last (local.get 0))\n"
	"      (global.set $count (i32.add (global.get $count) (i32.const 1)))))\n"
	"  (core instance $d (instantiate $drops))\n"
	"  (type $r1 (resource (rep i32) (dtor (core func $d \"drop\"))))\n"
	"  (type $r2 (resource (rep i32)))\n"
	"  (core func $new (canon resource.new $r1))\n"
	"  (core func $rep (canon resource.rep $r1))\n"
	"  (core func $put (canon context.set i32 0))\n"
	"  (core func $get (canon context.get i32 0))\n"
	"  (core func $set (canon waitable-set.new))\n"
	"  (core func $return (canon task.return (result u32)))\n"
	"  (core instance $i (instantiate $m\n"
	"    (with \"drops\" (instance $d))\n"
	"    (with \"\" (instance (export \"new\" (func $new)) (export \"rep\" (func $rep))\n"
	"      (export \"put\" (func $put)) (export \"get\" (func $get))\n"
	"      (export \"set\" (func $set)) (export \"return\" (func $return))))))\n"
	"  (export $r \"resource1\" (type $r1))\n"
	"  (export \"resource2\" (type $r2))\n"
	"  (export \"resource1-again\" (type $r))\n"
	"  (core module $simple (export \"simple-module\")\n"
	"    (global (export \"g\") i32 (i32.const 100))\n"
	"    (func (export \"f\") (result i32) i32.const 101))\n"
	"  (func $four (result u32) (canon lift (core func $i \"four\")))\n"
	"  (instance (export \"nested\") (export \"return-four\" (func $four)))\n"
	"  (func (export \"return-three\") (result u32) (canon lift (core func $i \"three\")))\n"
	"  (func (export \"return-hi\") (result string)\n"
	"    (canon lift (core func $i \"hi\") (memory (core memory $d \"mem\"))))\n"
	"  (func (export \"[constructor]resource1\") (param \"rep\" u32) (result (own $r))\n"
	"    (canon lift (core func $i \"constructor\")))\n"
	"  (func (export \"[static]resource1.assert\") (param \"r\" (own $r)) (param \"rep\" u32)\n"
	"    (canon lift (core func $i \"assert\")))\n"
	"  (func (export \"[static]resource1.last-drop\") (result u32)\n"
	"    (canon lift (core func $i \"last-drop\")))\n"
	"  (func (export \"[static]resource1.drops\") (result u32)\n"
	"    (canon lift (core func $i \"drops\")))\n"
	"  (func (export \"[method]resource1.simple\") (param \"self\" (borrow $r)) (param \"rep\" "
	"u32)\n"
	"    (canon lift (core func $i \"simple\")))\n"
	"  (func (export \"[method]resource1.take-borrow\")\n"
	"    (param \"self\" (borrow $r)) (param \"b\" (borrow $r))\n"
	"    (canon lift (core func $i \"take-two\")))\n"
	"  (func (export \"[method]resource1.take-own\")\n"
	"    (param \"self\" (borrow $r)) (param \"b\" (own $r))\n"
	"    (canon lift (core func $i \"take-two\")))\n"
	"  (func (export \"[method]resource1.never-return\") async (param \"self\" (borrow $r))\n"
	"    (canon lift (core func $i \"never-method\") async (callback (core func $i "
	"\"slow\"))))\n"
	"  (func (export \"never-return\") async\n"
	"    (canon lift (core func $i \"never\") async (callback (core func $i \"slow\"))))\n"
	"  (func (export \"return-two-slowly\") async (result u32)\n"
	"    (canon lift (core func $i \"two-slowly\") async (callback (core func $i \"slow\"))))\n"
	"  (func (export \"echo-slowly\") async (param \"x\" u32) (result u32)\n"
	"    (canon lift (core func $i \"echo-slowly\") async (callback (core func $i "
	"\"slow\")))))\n"
	"(instance (export \"host\") (instantiate $host))\n"
	"(core module $m\n"
	"  (import \"\" \"return\" (func $return (param i32)))\n"
	"  (func (export \"two\") (result i32) i32.const 2)\n"
	"  (func (export \"callback\") (param i32 i32 i32) (result i32) unreachable)\n"
	"  (func (export \"echo\") (param i32) (result i32)\n"
	"    (call $return (local.get 0)) (i32.const 0)))\n"
	"(core func $return (canon task.return (result u32)))\n"
	"(core instance $i (instantiate $m (with \"\" (instance (export \"return\" (func "
	"$return))))))\n"
	"(func (export \"host-return-two\") (result u32) (canon lift (core func $i \"two\")))\n"
	"(func (export \"host-echo-u32\") async (param \"x\" u32) (result u32)\n"
	"  (canon lift (core func $i \"echo\") async (callback (core func $i \"callback\"))))\n";

const struct component *
suite_component(struct arena *a)
{
	struct source *src = arena_new_of(a, struct source);
	*src = (struct source){.name = "host", .text = text, .len = sizeof text - 1};
	struct loaded l = load_source(a, src);
	load_validate(a, &l, NULL);
	return l.component;
}

bool
suite_exports(struct str name)
{
	return str_is(name, "host") || str_is(name, "host-echo-u32") ||
	       str_is(name, "host-return-two");
}
