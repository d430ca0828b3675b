/* native.c - see native.h. libffi knows the calling convention; what is ours is the way from
 * core values to arguments in memory and back. */
#include "host/native.h"

#include <ffi.h>
#include <string.h>

#include "base/error.h"
#include "link/builtins.h"

/* A core function type as libffi wants it. */
struct signature {
	ffi_cif cif;
	CoreFuncType type;
	ffi_type **members; /* of the struct of results, null-terminated */
	ffi_type results;
};

static ffi_type *
ffi_type_of(CoreType t)
{
	switch (t) {
	case i32: return &ffi_type_uint32;
	case i64: return &ffi_type_uint64;
	case f32: return &ffi_type_float;
	case f64: return &ffi_type_double;
	}
	internal_error("no core type: %d", (int)t);
}

static CoreTypes
copy_types(struct arena *a, CoreTypes ts)
{
	CoreTypes copy = {0};
	for (uint32_t i = 0; i < ts.len; i++)
		vec_push(a, &copy, ts.data[i]);
	return copy;
}

static ffi_type **
ffi_types_of(struct arena *a, CoreTypes ts)
{
	ffi_type **types = arena_array_of(a, (size_t)ts.len + 1, ffi_type *);
	for (uint32_t i = 0; i < ts.len; i++)
		types[i] = ffi_type_of(ts.data[i]);
	return types;
}

static ffi_type *
result_type(struct signature *s)
{
	if (s->type.results.len == 0)
		return &ffi_type_void;
	if (s->type.results.len == 1)
		return s->members[0];
	s->results = (ffi_type){.type = FFI_TYPE_STRUCT, .elements = s->members};
	return &s->results;
}

static void
signature_init(struct signature *s, struct arena *a, CoreFuncType type)
{
	s->type = (CoreFuncType){copy_types(a, type.params), copy_types(a, type.results)};
	s->members = ffi_types_of(a, type.results);
	ffi_type **params = ffi_types_of(a, type.params);
	if (ffi_prep_cif(&s->cif, FFI_DEFAULT_ABI, type.params.len, result_type(s), params) !=
		FFI_OK)
		internal_error("libffi does not take a core function type");
}

/* ---- values in memory: a core value of four or eight bytes ---- */

static size_t
size_of(CoreType t)
{
	return t == i32 || t == f32 ? 4 : 8;
}

static CoreValue
read_value(CoreType t, const void *from)
{
	CoreValue v = {t, 0};
	memcpy(&v.bits, from, size_of(t));
	return v;
}

static void
write_value(void *to, CoreValue v)
{
	memcpy(to, &v.bits, size_of(v.t));
}

/* Where each result stands in what a function returns; the space that all of them take. */
static size_t
result_offsets(const struct signature *s, size_t *offsets)
{
	size_t end = 0;
	for (uint32_t i = 0; i < s->type.results.len; i++) {
		size_t size = size_of(s->type.results.data[i]);
		offsets[i] = (end + size - 1) / size * size;
		end = offsets[i] + size;
	}
	return end;
}

/* libffi widens one integer result to a whole register; little-endian machines have its bytes
 * at the same place, and the Canonical ABI's memories are little-endian, too. */
static CoreValues
read_results(const struct signature *s, const void *from)
{
	CoreValues results = {0};
	size_t *offsets = arena_array_of(heap(), s->type.results.len, size_t);
	result_offsets(s, offsets);
	for (uint32_t i = 0; i < s->type.results.len; i++)
		append(&results, read_value(s->type.results.data[i], (char *)from + offsets[i]));
	return results;
}

static void
write_results(const struct signature *s, void *to, CoreValues results)
{
	size_t *offsets = arena_array_of(heap(), s->type.results.len, size_t);
	assert(types_match_values(s->type.results, results));
	result_offsets(s, offsets);
	if (results.len == 1 && size_of(results.data[0].t) < sizeof(ffi_arg))
		memset(to, 0, sizeof(ffi_arg));
	for (uint32_t i = 0; i < results.len; i++)
		write_value((char *)to + offsets[i], results.data[i]);
}

/* ---- calls of native functions ---- */

struct native {
	CoreFuncInst func;
	struct signature signature;
	native_fn *fn;
};

static CoreValues
call_native(void *env, CoreValues args)
{
	struct native *n = env;
	struct signature *s = &n->signature;
	assert(types_match_values(s->type.params, args));
	size_t *offsets = arena_array_of(heap(), s->type.results.len, size_t);
	void *result = arena_alloc(heap(), result_offsets(s, offsets) + sizeof(ffi_arg));
	void **values = arena_array_of(heap(), args.len, void *);
	for (uint32_t i = 0; i < args.len; i++)
		values[i] = &args.data[i].bits;
	ffi_call(&s->cif, n->fn, result, values);
	return read_results(s, result);
}

CoreFuncInst *
native_func(struct arena *a, native_fn *fn, CoreFuncType type)
{
	struct native *n = arena_new_of(a, struct native);
	signature_init(&n->signature, a, type);
	n->fn = fn;
	n->func = (CoreFuncInst){call_native, n};
	return &n->func;
}

/* ---- calls by native functions, each with a heap of its own, as a loop may make many ---- */

struct import {
	CoreFuncInst func;
	struct signature signature;
	ffi_closure *closure;
};

static void
call_import(ffi_cif *cif, void *result, void **values, void *env)
{
	(void)cif;
	struct import *im = env;
	CoreTypes params = im->signature.type.params;
	struct arena *mine = arena_child(current_instance()->store->arena);
	struct arena *callers = heap_swap(mine);
	CoreValues args = {0};
	for (uint32_t i = 0; i < params.len; i++)
		append(&args, read_value(params.data[i], values[i]));
	write_results(&im->signature, result, im->func.fn(im->func.env, args));
	heap_swap(callers);
	arena_free(mine);
}

static void
free_closure(void *closure)
{
	ffi_closure_free(closure);
}

native_fn *
native_import(struct arena *a, CoreFuncInst f, CoreFuncType type)
{
	struct import *im = arena_new_of(a, struct import);
	void *code = NULL;
	im->func = f;
	signature_init(&im->signature, a, type);
	im->closure = ffi_closure_alloc(sizeof(ffi_closure), &code);
	if (!im->closure)
		raise_error(ERR_EXHAUSTED, NO_LOC, "closure-limit",
			"no executable memory is left for a native function");
	arena_defer(a, free_closure, im->closure);
	if (ffi_prep_closure_loc(im->closure, &im->signature.cif, call_import, im, code) != FFI_OK)
		internal_error("libffi does not make a closure");
	return (native_fn *)code;
}

native_fn *
native_builtin(struct arena *a, const struct builtin *b)
{
	return native_import(a, builtin_func(a, b), builtin_type(a, b));
}

/* ---- types and tables ---- */

CoreFuncType
native_type(struct arena *a, const char *letters)
{
	static const char known[] = "ilfd";
	static const CoreType types[] = {i32, i64, f32, f64};
	CoreFuncType type = {0};
	CoreTypes *to = &type.params;
	for (; *letters; letters++) {
		const char *at = strchr(known, *letters);
		if (at)
			vec_push(a, to, types[at - known]);
		else if (*letters == ':' && to == &type.params)
			to = &type.results;
		else
			internal_error("no letter of a core type: %c", *letters);
	}
	return type;
}

Table *
native_table(struct arena *a, native_fn *const *fns, uint32_t n, CoreFuncType type)
{
	Table *table = arena_new_of(a, Table);
	table->arena = a;
	for (uint32_t i = 0; i < n; i++) {
		CoreFuncRef *ref = arena_new_of(a, CoreFuncRef);
		*ref = (CoreFuncRef){type, *native_func(a, fns[i], type)};
		vec_push(a, &table->array, (void *)ref);
	}
	return table;
}
