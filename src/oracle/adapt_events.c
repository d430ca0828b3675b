/* adapt_events.c - see adapt_core.h: the core code that stands wherever events come by, and lowers what
 * they announce before anybody sees them. CanonicalABI.md, "Waitable State". */
#include "oracle/adapt_core.h"

/* A waitable that values are waited for has an entry at eight times its index: the number of the function
 * that lowers them, plus one, and the address. Indices of handles are dense, so that this memory is
 * about as large as the table of handles. An entry goes with the event, and there is no other way for
 * it to go: neither a subtask nor an end that copies can be dropped before. */
static const char waiting[] =
	"(memory 1)\n"
	"(type $lower (func (param i32 i32)))\n"
	"(func (export \"wait\") (param $w i32) (param $lower i32) (param $at i32)\n"
	"  (local.set $w (i32.shl (local.get $w) (i32.const 3)))\n"
	"  (block $there (loop $more\n"
	"    (br_if $there (i32.lt_u (i32.shr_u (local.get $w) (i32.const 16)) (memory.size)))\n"
	"    (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))\n"
	"    (unreachable)))\n"
	"  (i32.store (local.get $w) (i32.add (local.get $lower) (i32.const 1)))\n"
	"  (i32.store offset=4 (local.get $w) (local.get $at)))\n"
	/* How many values an event brings; -1 for one that says something else. */
	"(func $count (param $code i32) (param $payload i32) (result i32)\n"
	"  (if (i32.eq (local.get $code) (i32.const 1))\n"
	"    (then (return (if (result i32) (i32.lt_u (local.get $payload) (i32.const 2))\n"
	"      (then (i32.const -1)) (else (i32.eq (local.get $payload) (i32.const 2)))))))\n"
	"  (if (i32.eq (local.get $code) (i32.const 2))\n"
	"    (then (return (i32.shr_u (local.get $payload) (i32.const 4)))))\n"
	"  (if (i32.eq (local.get $code) (i32.const 4))\n"
	"    (then (return (i32.eqz (local.get $payload)))))\n"
	"  (i32.const -1))\n"
	"(func (export \"event\") (param $code i32) (param $w i32) (param $payload i32)\n"
	"  (local $n i32) (local $lower i32)\n"
	"  (local.set $n (call $count (local.get $code) (local.get $payload)))\n"
	"  (if (i32.eq (local.get $n) (i32.const -1)) (then (return)))\n"
	"  (local.set $w (i32.shl (local.get $w) (i32.const 3)))\n"
	"  (if (i32.ge_u (i32.shr_u (local.get $w) (i32.const 16)) (memory.size)) (then "
	"(return)))\n"
	"  (local.set $lower (i32.load (local.get $w)))\n"
	"  (i32.store (local.get $w) (i32.const 0))\n"
	"  (if (i32.and (i32.ne (local.get $n) (i32.const 0)) (i32.ne (local.get $lower) "
	"(i32.const 0)))\n"
	"    (then (call_indirect (type $lower) (i32.load offset=4 (local.get $w)) (local.get $n)\n"
	"      (i32.sub (local.get $lower) (i32.const 1))))))\n";

const char *
adapt_waiting(struct arena *a, uint32_t n)
{
	return arena_printf(a, "(table (export \"lower\") %u funcref)\n%s", n, waiting);
}

const char adapt_waiting_imports[] =
	"(import \"waiting\" \"wait\" (func $wait (param i32 i32 i32)))\n"
	"(import \"waiting\" \"lower\" (table 0 funcref))\n";

#define EVENT_IMPORT "(import \"waiting\" \"event\" (func $event (param i32 i32 i32)))\n"

/* The event is in memory, at the second parameter. */
#define IN_MEMORY \
	EVENT_IMPORT "(import \"\" \"mem\" (memory 0))\n" \
		     "(import \"\" \"f\" (func $f (param i32 i32) (result i32)))\n" \
		     "(func (export \"f\") (param i32 i32) (result i32) (local $code i32)\n" \
		     "  (local.set $code (call $f (local.get 0) (local.get 1)))\n" \
		     "  (call $event (local.get $code)\n" \
		     "    (i32.load (local.get 1)) (i32.load offset=4 (local.get 1)))\n" \
		     "  (local.get $code))"

/* The payload of an event with a certain code is returned, for the waitable that is the parameter. */
#define RETURNED(code) \
	EVENT_IMPORT "(import \"\" \"f\" (func $f (param i32) (result i32)))\n" \
		     "(func (export \"f\") (param i32) (result i32) (local $payload i32)\n" \
		     "  (local.set $payload (call $f (local.get 0)))\n" \
		     "  (if (i32.ne (local.get $payload) (i32.const -1))\n" \
		     "    (then (call $event (i32.const " #code ") (local.get 0) (local.get " \
		     "$payload))))\n" \
		     "  (local.get $payload))"

static const char callback[] =
	EVENT_IMPORT "(import \"\" \"f\" (func $f (param i32 i32 i32) (result i32)))\n"
		     "(func (export \"f\") (param i32 i32 i32) (result i32)\n"
		     "  (call $event (local.get 0) (local.get 1) (local.get 2))\n"
		     "  (call $f (local.get 0) (local.get 1) (local.get 2)))";

bool
adapt_events(enum comp_canon_kind kind, struct adapt_core *core)
{
	*core = (struct adapt_core){.waiting = true};
	switch (kind) {
	case CANON_LIFT: core->fields = callback; return true;
	case CANON_WAITABLE_SET_WAIT:
	case CANON_WAITABLE_SET_POLL:
		core->fields = IN_MEMORY;
		core->memory = true;
		return true;
	case CANON_SUBTASK_CANCEL: core->fields = RETURNED(1); return true;
	case CANON_STREAM_CANCEL_READ: core->fields = RETURNED(2); return true;
	case CANON_FUTURE_CANCEL_READ: core->fields = RETURNED(4); return true;
	default: return false;
	}
}
