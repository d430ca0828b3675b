/* abi_answer.c - one request of canon abi: the functions of the Canonical ABI that it asks for,
 * and what came of it. spec/abi.md. */
#include <inttypes.h>
#include <stdio.h>

#include "base/error.h"
#include "base/site.h"
#include "base/str.h"
#include "cmd/abi_request.h"
#include "link/link.h"
#include "script/catalogue.h"

/* ---- what can be asked for ---- */

static void
answer(struct request *r, const char *key, struct json_object *value)
{
	json_object_object_add(r->answer, key, value);
}

static struct json_object *
names_of(CoreTypes ts)
{
	struct json_object *o = json_object_new_array();
	for (uint32_t i = 0; i < ts.len; i++)
		json_object_array_add(o, json_object_new_string(abi_core_name(ts.data[i])));
	return o;
}

static struct json_object *
functype_out(CoreFuncType ft)
{
	struct json_object *o = json_object_new_object();
	json_object_object_add(o, "params", names_of(ft.params));
	json_object_object_add(o, "results", names_of(ft.results));
	return o;
}

static void
ask_layout(struct request *r)
{
	CoreType address = r->memory.addrtype;
	if (r->func) {
		answer(r, "lift", functype_out(flatten_functype(&r->opts, r->func, context_lift)));
		answer(r, "lower",
			functype_out(flatten_functype(&r->opts, r->func, context_lower)));
		return;
	}
	answer(r, "alignment", json_object_new_int64((int64_t)alignment(r->type, address)));
	answer(r, "size", json_object_new_int64((int64_t)elem_size(r->type, address)));
	answer(r, "flat", names_of(flatten_type(r->type, &r->opts)));
}

static void
answer_flat(struct request *r, CoreValues flat)
{
	struct json_object *o = json_object_new_array();
	for (uint32_t i = 0; i < flat.len; i++)
		json_object_array_add(o, abi_core_out(flat.data[i]));
	answer(r, "flat", o);
}

static struct json_object *
needed(const struct request *r, const char *key)
{
	struct json_object *o;
	if (!json_object_object_get_ex(r->o, key, &o))
		abi_wrong("this request needs a \"%s\"", key);
	return o;
}

/* The values of a function's part, and of what there may be at most flat. */
static ValTypes
part_of(const struct request *r, num *max_flat)
{
	static const char *const parts[] = {"params", "results", NULL};
	bool results = request_one_of(r->o, "part", parts);
	*max_flat =
		request_number(r, "max_flat", results ? MAX_FLAT_RESULTS : MAX_FLAT_PARAMS, 1000);
	return results ? FuncType_result_type(r->func) : FuncType_param_types(r->func);
}

static CoreValueIter *
out_param(const struct request *r)
{
	struct json_object *o = abi_member(r->o, "out");
	CoreValues one = {0};
	if (!o)
		return NULL;
	append(&one, abi_core_in(o, r->memory.addrtype));
	return CoreValueIter_new(one);
}

static void
ask_lower_part(struct request *r, struct json_object *values)
{
	num max_flat;
	Values vs = {0};
	ValTypes ts = part_of(r, &max_flat);
	if (!json_object_is_type(values, json_type_array) ||
		json_object_array_length(values) != ts.len)
		abi_wrong("\"value\" takes an array of %u values", ts.len);
	for (uint32_t i = 0; i < ts.len; i++)
		append(&vs, abi_value_in(
				    &r->context, json_object_array_get_idx(values, i), ts.data[i]));
	answer_flat(r, lower_flat_values(r->cx, max_flat, vs, ts, out_param(r)));
}

static void
ask_lower(struct request *r)
{
	struct json_object *value = needed(r, "value");
	if (r->func)
		ask_lower_part(r, value);
	else
		answer_flat(
			r, lower_flat(r->cx, abi_value_in(&r->context, value, r->type), r->type));
}

/* A pointer that the definitions' load and store may be asked with: they assert what their
 * callers have checked. */
static num
pointer(const struct request *r)
{
	if (!r->type)
		abi_wrong("this request needs the type of a value");
	num ptr = (num)abi_number(needed(r, "ptr"), "ptr", UINT64_MAX);
	num align = alignment(r->type, r->memory.addrtype);
	if (ptr % align)
		abi_wrong("\"ptr\" is not aligned to %d", (int)align);
	if (ptr + elem_size(r->type, r->memory.addrtype) > (num)r->bytes.len)
		abi_wrong("\"ptr\" leaves no room for a value of %" PRIu64 " bytes",
			(uint64_t)elem_size(r->type, r->memory.addrtype));
	return ptr;
}

static void
ask_store(struct request *r)
{
	num ptr = pointer(r);
	Value v = abi_value_in(&r->context, needed(r, "value"), r->type);
	request_note_block(r, 0, (uint64_t)ptr, (uint64_t)elem_size(r->type, r->memory.addrtype));
	store(r->cx, v, r->type, ptr);
}

static CoreValueIter *
flat_in(struct request *r, CoreTypes ts)
{
	struct json_object *flat = needed(r, "flat");
	CoreValues vs = {0};
	if (!json_object_is_type(flat, json_type_array) || json_object_array_length(flat) != ts.len)
		abi_wrong("\"flat\" takes an array of %u core values", ts.len);
	for (uint32_t i = 0; i < ts.len; i++)
		append(&vs, abi_core_in(json_object_array_get_idx(flat, i), ts.data[i]));
	return CoreValueIter_new(vs);
}

static void
ask_lift_part(struct request *r)
{
	num max_flat;
	ValTypes ts = part_of(r, &max_flat);
	CoreTypes flat = flatten_types(ts, &r->opts);
	if (flat.len > max_flat) {
		flat = (CoreTypes){0};
		append(&flat, r->memory.addrtype);
	}
	Values vs = lift_flat_values(r->cx, max_flat, flat_in(r, flat), ts);
	struct json_object *o = json_object_new_array();
	for (uint32_t i = 0; i < vs.len; i++)
		json_object_array_add(o, abi_value_out(&r->context, &vs.data[i], ts.data[i]));
	answer(r, "value", o);
}

static void
ask_lift(struct request *r)
{
	if (r->func) {
		ask_lift_part(r);
		return;
	}
	Value v = lift_flat(r->cx, flat_in(r, flatten_type(r->type, &r->opts)), r->type);
	answer(r, "value", abi_value_out(&r->context, &v, r->type));
}

static void
ask_load(struct request *r)
{
	Value v = load(r->cx, pointer(r), r->type);
	answer(r, "value", abi_value_out(&r->context, &v, r->type));
}

enum { ASK_LAYOUT, ASK_LOWER, ASK_STORE, ASK_LIFT, ASK_LOAD };

static const char *const asks[] = {"layout", "lower", "store", "lift", "load", NULL};
static void (*const ask[])(struct request *r) = {
	ask_layout, ask_lower, ask_store, ask_lift, ask_load};

static void
run_request(void *env)
{
	struct request *r = env;
	heap_swap(r->arena);
	int what = request_one_of(r->o, "op", asks);
	request_read(r, what <= ASK_STORE);
	ask[what](r);
}

/* ---- answers ---- */

struct json_object *
abi_error(const char *kind, const char *message)
{
	struct json_object *o = json_object_new_object(), *e = json_object_new_object();
	json_object_object_add(e, "kind", json_object_new_string(kind));
	json_object_object_add(e, "message", json_object_new_string(message));
	json_object_object_add(o, "error", e);
	return o;
}

static struct json_object *
trap_out(const struct error *err)
{
	struct json_object *o = json_object_new_object();
	const struct catalogue_row *row = catalogue_of(err->site);
	char site[200];
	json_object_object_add(o, "class", json_object_new_string(err->reason));
	if (!row)
		return o;
	snprintf(site, sizeof site, "%s#%d", row->function, row->ordinal);
	json_object_object_add(o, "site", json_object_new_string(site));
	json_object_object_add(o, "section", json_object_new_string(row->section));
	json_object_object_add(o, "meaning", json_object_new_string(row->meaning));
	return o;
}

static struct json_object *
hex_of(const uint8_t *p, uint64_t n)
{
	struct strbuf out = {.arena = heap()};
	for (uint64_t i = 0; i < n; i++)
		strbuf_printf(&out, "%02x", p[i]);
	return json_object_new_string(strbuf_cstr(&out));
}

static void
answer_memory(struct request *r)
{
	struct json_object *list = json_object_new_array();
	for (uint32_t i = 0; i < r->blocks.len; i++) {
		struct block b = r->blocks.data[i];
		struct json_object *o = json_object_new_object();
		json_object_object_add(o, "at", json_object_new_uint64(b.at));
		json_object_object_add(o, "bytes", hex_of(r->bytes.data + b.at, b.size));
		json_object_array_add(list, o);
	}
	answer(r, "memory", list);
}

/* What a request that came to an end, or to a trap, left behind. */
static void
answer_effects(struct request *r, bool trapped)
{
	if (json_object_array_length(r->calls))
		answer(r, "realloc", json_object_get(r->calls));
	if (r->blocks.len && !trapped)
		answer_memory(r);
	if (abi_member(r->o, "handles") && !trapped)
		answer(r, "handles", request_handles_out(r));
}

static struct json_object *
finish(struct request *r, bool ok, const struct error *err)
{
	char message[sizeof err->message + 50], where[40] = "";
	if (ok || err->kind == ERR_TRAP) {
		if (!ok)
			answer(r, "trap", trap_out(err));
		answer_effects(r, !ok);
		return json_object_get(r->answer);
	}
	if (err->at.src && err->at.pos >= r->type_at)
		snprintf(where, sizeof where, "type:%zu: ", err->at.pos - r->type_at + 1);
	snprintf(message, sizeof message, "%s%s", where, err->message);
	return abi_error(error_kind_name(err->kind), message);
}

struct json_object *
abi_answer(struct json_object *request)
{
	struct error err = {0};
	struct request r = {.o = request,
		.answer = json_object_new_object(),
		.calls = json_object_new_array(),
		.arena = arena_new(0)};
	struct arena *before = heap_swap(NULL);
	bool ok = protect(run_request, &r, &err);
	heap_swap(r.arena);
	struct json_object *answer = finish(&r, ok, &err);
	heap_swap(before);
	json_object_put(r.answer);
	json_object_put(r.calls);
	link_free(r.types.linked);
	arena_free(r.arena);
	return answer;
}
