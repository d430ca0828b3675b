/* equiv.c - see equiv.h. Each value is passed as a parameter, as one of too many parameters, and as a
 * result: once with realloc, and once with `lazy`. */
#include "oracle/equiv.h"

#include <string.h>

#include "oracle/enumerate.h"
#include "oracle/equiv_guest.h"
#include "oracle/same_trap.h"

#define MEMORY 8192
#define START  16 /* of what is allocated in it */

static const char *const way_names[] = {"as a parameter", "among many parameters", "as a result"};

/* What is compared, and in which setting. */
struct setting {
	struct equiv *equiv;
	struct arena *arena; /* of types */
	ValType *t;
	enum way way;
	StringEncoding from, to;
	CoreType addrtype;
	uint64_t limit; /* of the memory: bytes */
	uint64_t skew;  /* of the allocator */
};

static const char *const encodings[] = {"utf8", "utf16", "latin1+utf16"};

static bool
is_wrong(const struct setting *g)
{
	return g->skew || g->limit < MEMORY;
}

static void
start_side(struct equiv_guest *s, const struct setting *g, struct arena *a, Value v,
	uint8_t *memory, bool lazy)
{
	*s = (struct equiv_guest){
		.lazy = lazy, .equiv = g->equiv, .t = g->t, .value = v, .way = g->way};
	s->store = Store_new(a);
	s->inst = ComponentInstance_new(s->store, NULL);
	s->bytes = (struct bytes){memory, g->limit};
	s->skew = g->skew;
	s->wrong = is_wrong(g);
	s->memory = (MemInst){&s->bytes, g->addrtype};
	s->realloc = (CoreFuncInst){equiv_guest_realloc, s};
	s->opts = (CanonicalOptions){.string_encoding = g->to, .memory = &s->memory, .lazy = lazy};
	s->opts.realloc = lazy ? NULL : &s->realloc;
	s->lower_opts =
		(CanonicalOptions){.string_encoding = g->to, .memory = &s->memory, .lazy = true};
	s->top = START;
	s->handles = (struct strbuf){.arena = a};
	if (g->way != WAY_RESULT)
		vec_push(a, &s->params, g->t);
	ValType *number = ValType_new(a, U8Type);
	for (uint32_t i = 0; g->way == WAY_MANY_PARAMS && i < MAX_FLAT_PARAMS; i++)
		vec_push(a, &s->params, number);
}

static bool
same_flat(const CoreValues *a, const CoreValues *b)
{
	bool same = a->len == b->len;
	for (uint32_t i = 0; same && i < a->len; i++)
		same = a->data[i].t == b->data[i].t && a->data[i].bits == b->data[i].bits;
	return same;
}

static uint32_t
handles_left(const struct equiv_guest *s)
{
	uint32_t n = 0;
	for (uint32_t i = 1; i < s->inst->handles->array.len; i++)
		n += s->inst->handles->array.data[i] != NULL;
	return n;
}

static const char *
difference(struct equiv_guest *eager, struct equiv_guest *lazy)
{
	struct error errs[2] = {{.reason = "none"}, {.reason = "none"}};
	protect(equiv_guest_run, eager, &errs[0]);
	protect(equiv_guest_run, lazy, &errs[1]);
	if (errs[0].kind != errs[1].kind || strcmp(errs[0].reason, errs[1].reason))
		return arena_printf(lazy->store->arena, "realloc ends with %s, lazy with %s %s",
			errs[0].reason, errs[1].reason, errs[1].message);
	if (errs[0].kind == ERR_INTERNAL)
		return "an internal error";
	if (!same_flat(&eager->flat, &lazy->flat))
		return "the core values differ";
	if (eager->top != lazy->top || memcmp(eager->bytes.data, lazy->bytes.data, MEMORY))
		return "the memories differ";
	if (strcmp(strbuf_cstr(&eager->handles), strbuf_cstr(&lazy->handles)) ||
		handles_left(eager) != handles_left(lazy))
		return "the handles differ";
	if (!eager->came_back || !lazy->came_back)
		return "what is lifted again is another value";
	if (Table___iter__(lazy->inst->lazy_values, 0))
		return "a lazy value is left";
	return NULL;
}

static void
clear(uint8_t *memory, uint64_t top)
{
	memset(memory, 0, top < MEMORY ? top : MEMORY);
}

/* Both trap for the same reason, or neither does. */
static const char *
trap_difference(struct equiv_guest *eager, struct equiv_guest *lazy)
{
	struct error errs[2];
	bool ran[] = {protect(equiv_guest_run, eager, &errs[0]),
		protect(equiv_guest_run, lazy, &errs[1])};
	if (ran[0] && ran[1])
		return NULL;
	const char *a = ran[0] ? "no trap" : errs[0].reason,
		   *b = ran[1] ? "no trap" : errs[1].reason;
	return same_trap(a, b)
		       ? NULL
		       : arena_printf(lazy->store->arena,
				 "where realloc is wrong, it ends with %s, lazy with %s", a, b);
}

/* One value, there and there, each in a store of its own; how much memory it took. */
static uint64_t
compare(const struct setting *g, Value v)
{
	static uint8_t memories[2][MEMORY];
	struct arena *a = arena_new(0);
	struct equiv_guest eager, lazy;
	start_side(&eager, g, a, v, memories[0], false);
	start_side(&lazy, g, a, v, memories[1], true);
	const char *what = is_wrong(g) ? trap_difference(&eager, &lazy) : difference(&eager, &lazy);
	if (what)
		g->equiv->difference = arena_printf(g->arena,
			"%s, %s, from %s to %s, %s memory: %s", enumerate_name(g->arena, g->t),
			way_names[g->way], encodings[g->from], encodings[g->to],
			g->addrtype == i32 ? "32-bit" : "64-bit", what);
	g->equiv->comparisons++;
	clear(memories[0], eager.top);
	clear(memories[1], lazy.top);
	arena_free(a);
	return lazy.top;
}

/* What is allocated last ends one byte behind the memory; and nothing is aligned. */
static void
compare_traps(const struct setting *g, Value v, uint64_t top)
{
	struct setting tight = *g, skewed = *g;
	tight.limit = top - 1;
	skewed.skew = 1;
	compare(&tight, v);
	if (!g->equiv->difference)
		compare(&skewed, v);
}

static bool
is_string(const ValType *u)
{
	return u->kind == StringType;
}

static void
compare_ways(struct setting *g, Value v)
{
	for (int way = 0; way < WAY_COUNT && !g->equiv->difference; way++) {
		g->way = (enum way)way;
		if (g->way == WAY_RESULT && contains_borrow(g->t))
			continue;
		uint64_t top = compare(g, v);
		if (g->way == WAY_PARAM && top > START && !g->equiv->difference)
			compare_traps(g, v, top);
	}
}

/* All values of a type that come from one encoding, in all encodings that they can go to. Encodings
 * only matter where there is a string. */
static void
compare_values(struct setting *g, const struct enumerate_handles *handles, bool count)
{
	uint32_t encodings_to = contains(g->t, is_string) ? 3 : 1;
	struct arena *a = arena_new(0);
	for (uint32_t size = 1; size <= g->equiv->size; size++) {
		struct enumerate_source from = {g->from, g->addrtype};
		Values vs = enumerate_values(a, g->t, size, from, handles);
		g->equiv->values += count ? vs.len : 0;
		for (uint32_t i = 0; i < vs.len * encodings_to && !g->equiv->difference; i++) {
			g->to = (StringEncoding)(i % encodings_to);
			compare_ways(g, vs.data[i / encodings_to]);
		}
	}
	arena_free(a);
}

static void
compare_type(struct setting *g, const struct enumerate_handles *handles)
{
	int encodings_from = contains(g->t, is_string) ? 3 : 1;
	for (int i = 0; i < 2 * encodings_from && !g->equiv->difference; i++) {
		g->addrtype = i % 2 ? i64 : i32;
		g->from = (StringEncoding)(i / 2);
		compare_values(g, handles, i == 0);
	}
}

void
equiv_run(struct arena *a, struct equiv *e)
{
	struct arena *before = heap_swap(a);
	Store *elsewhere = Store_new(a);
	String no_message = {.encoding = utf8};
	struct enumerate_handles handles = {
		.rt = ResourceType_new(a, ComponentInstance_new(elsewhere, NULL), NULL),
		.error_context = ErrorContext_new(a, &no_message),
		.stream = &SharedStreamImpl_new(a, ValType_new(a, U8Type))->base,
		.future = &SharedFutureImpl_new(a, ValType_new(a, U8Type))->base,
	};
	for (uint32_t size = 1; size <= e->size && !e->difference; size++) {
		ValTypes ts = enumerate_types(a, size, handles.rt);
		for (uint32_t i = 0; i < ts.len && !e->difference; i++) {
			struct setting g = {
				.equiv = e, .arena = a, .t = ts.data[i], .limit = MEMORY};
			e->types++;
			compare_type(&g, &handles);
		}
	}
	heap_swap(before);
}
