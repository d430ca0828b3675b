/* abi_request.c - see abi_request.h. spec/abi.md, "Requests". */
#include "cmd/abi_request.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "component/text.h"
#include "component/valid.h"
#include "text/sexpr.h"

#define MAX_MEMORY (UINT64_C(1) << 30)

/* ---- members ---- */

void
abi_wrong(const char *fmt, ...)
{
	char message[300];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(message, sizeof message, fmt, ap);
	va_end(ap);
	raise_error(ERR_SCRIPT, NO_LOC, "request", "%s", message);
}

struct json_object *
abi_member(struct json_object *o, const char *key)
{
	struct json_object *found = NULL;
	json_object_object_get_ex(o, key, &found);
	return found;
}

uint64_t
abi_number(struct json_object *o, const char *what, uint64_t max)
{
	char *end = NULL;
	uint64_t v = 0;
	if (json_object_is_type(o, json_type_int) && json_object_get_int64(o) >= 0)
		v = json_object_get_uint64(o);
	else if (json_object_is_type(o, json_type_string) && *json_object_get_string(o) != '-')
		v = strtoull(json_object_get_string(o), &end, 10);
	else
		abi_wrong("\"%s\" takes a number", what);
	if ((end && *end) || v > max)
		abi_wrong("\"%s\" takes a number up to %" PRIu64, what, max);
	return v;
}

uint64_t
request_number(const struct request *r, const char *key, uint64_t otherwise, uint64_t max)
{
	struct json_object *o = abi_member(r->o, key);
	return o ? abi_number(o, key, max) : otherwise;
}

static const char *
text_or(struct json_object *in, const char *key, const char *otherwise)
{
	struct json_object *o = abi_member(in, key);
	if (o && !json_object_is_type(o, json_type_string))
		abi_wrong("\"%s\" takes a string", key);
	return o ? json_object_get_string(o) : otherwise;
}

/* The place of a member's text in a list of names. */
int
request_one_of(struct json_object *in, const char *key, const char *const *names)
{
	const char *text = text_or(in, key, names[0]);
	struct strbuf all = {.arena = heap()};
	for (int i = 0; names[i]; i++) {
		if (!strcmp(text, names[i]))
			return i;
		strbuf_printf(&all, "%s%s", i ? ", " : "", names[i]);
	}
	abi_wrong("\"%s\" takes one of %s, not %.60s", key, strbuf_cstr(&all), text);
}

static bool
flag(const struct request *r, const char *key)
{
	struct json_object *o = abi_member(r->o, key);
	if (o && !json_object_is_type(o, json_type_boolean))
		abi_wrong("\"%s\" takes true or false", key);
	return o && json_object_get_boolean(o);
}

/* ---- types: a component of type definitions only, evaluated ---- */

/* What a handle of a stream or future has as its type. */
static const char *
element_text(struct json_object *handle)
{
	struct json_object *t = NULL;
	if (!json_object_object_get_ex(handle, "stream", &t))
		json_object_object_get_ex(handle, "future", &t);
	return t && json_object_is_type(t, json_type_string) ? json_object_get_string(t) : NULL;
}

static struct json_object *
handles_of(const struct request *r)
{
	struct json_object *handles = abi_member(r->o, "handles");
	if (handles && !json_object_is_type(handles, json_type_array))
		abi_wrong("\"handles\" takes an array");
	return handles;
}

static const struct sexpr *
read_text(struct request *r, struct str text)
{
	return sexpr_read(r->arena, source_in_arena(r->arena, "type", text, false));
}

/* One type definition; the text has to be one type and nothing else. */
static void
write_type(struct request *r, struct strbuf *out, const char *id, const char *text)
{
	if (read_text(r, str_of(text))->len != 1)
		abi_wrong("%.100s is not one type", text);
	strbuf_printf(out, "(type $%s\n", id);
	if (str_is(str_of(id), "asked-for"))
		r->type_at = out->len;
	strbuf_printf(out, "%s\n)", text);
}

static struct str
handle_id(struct request *r, size_t i)
{
	return str_of(arena_printf(r->arena, "handle-%zu", i));
}

static struct str
types_text(struct request *r)
{
	struct strbuf out = {.arena = r->arena};
	struct json_object *handles = handles_of(r);
	const char *type = text_or(r->o, "type", NULL);
	if (!type)
		abi_wrong("a request needs a \"type\"");
	strbuf_adds(&out, "(component ");
	write_type(r, &out, "r", "(resource (rep i32))");
	write_type(r, &out, "local", "(resource (rep i32))");
	write_type(r, &out, "asked-for", type);
	for (size_t i = 0; handles && i < json_object_array_length(handles); i++) {
		const char *text = element_text(json_object_array_get_idx(handles, i));
		write_type(r, &out, handle_id(r, i).ptr, text ? text : "u8");
	}
	strbuf_addc(&out, ')');
	return strbuf_str(&out);
}

static const struct link_evaluated_type *
type_named(const struct request *r, struct str id)
{
	for (uint32_t i = 0; i < r->component->ids.len; i++) {
		const struct comp_id *found = &r->component->ids.data[i];
		if (found->sort == SORT_TYPE && str_eq(found->name, id))
			return &r->types.types[found->index];
	}
	internal_error("a type is missing that was written");
}

static void
evaluate_types(struct request *r)
{
	r->component = component_parse(r->arena, &read_text(r, types_text(r))->items[0]);
	component_validate(r->arena, r->component, NULL);
	r->types = link_evaluate(r->component);
	const struct link_evaluated_type *asked_for = type_named(r, str_of("asked-for"));
	r->type = asked_for->value;
	r->func = asked_for->func;
	if (!r->type && !r->func)
		abi_wrong("the type is neither that of a value nor that of a function");
	/* The first resource type is another instance's. */
	ResourceType *other = type_named(r, str_of("r"))->resource;
	other->impl = ComponentInstance_new(r->types.store, NULL);
	r->context.inst = r->types.inst;
}

/* ---- memory and realloc ---- */

static int
hex_digit(char c)
{
	const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | 0x20) : NULL;
	return at ? (int)(at - digits) : -1;
}

static uint64_t
put_bytes(struct request *r, uint64_t at, const char *hex)
{
	uint64_t n = strlen(hex) / 2;
	if (at > r->bytes.len || n > r->bytes.len - at)
		abi_wrong("\"bytes\" does not fit the memory");
	for (uint64_t i = 0; i < n; i++) {
		int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
		if (high < 0 || low < 0)
			abi_wrong("\"bytes\" takes hexadecimal digits");
		r->bytes.data[at + i] = (uint8_t)(high << 4 | low);
	}
	if (hex[2 * n])
		abi_wrong("\"bytes\" takes pairs of digits");
	return at + n;
}

void
request_note_block(struct request *r, uint64_t old, uint64_t at, uint64_t size)
{
	for (uint32_t i = r->blocks.len; i-- > 0;) {
		if (old && r->blocks.data[i].at == old) {
			r->blocks.data[i] = (struct block){at, size};
			return;
		}
	}
	vec_push(r->arena, &r->blocks, ((struct block){at, size}));
}

static uint64_t
grow(struct request *r, uint64_t old, uint64_t old_size, uint64_t align, uint64_t size)
{
	uint64_t at = (r->heap + align - 1) / align * align;
	if (old_size && size <= old_size)
		return old;
	if (at > r->bytes.len || size > r->bytes.len - at)
		raise_error(ERR_TRAP, NO_LOC, "realloc-out-of-memory",
			"realloc finds no room for %" PRIu64 " bytes", size);
	if (old_size)
		memcpy(r->bytes.data + at, r->bytes.data + old, old_size);
	r->heap = at + size;
	return at;
}

static void
note_call(struct request *r, CoreValues args, uint64_t result)
{
	struct json_object *call = json_object_new_array();
	for (uint32_t i = 0; i < args.len; i++)
		json_object_array_add(call, json_object_new_uint64(args.data[i].bits));
	json_object_array_add(call, json_object_new_uint64(result));
	json_object_array_add(r->calls, call);
}

static CoreValues
call_realloc(void *env, CoreValues args)
{
	struct request *r = env;
	uint64_t old = args.data[0].bits, old_size = args.data[1].bits;
	uint64_t align = args.data[2].bits, size = args.data[3].bits;
	uint64_t at = r->npointers < r->pointers.len ? r->pointers.data[r->npointers++]
						     : grow(r, old, old_size, align, size);
	CoreValues result = {0};
	note_call(r, args, at);
	request_note_block(r, old_size ? old : 0, at, size);
	append(&result, ((CoreValue){args.data[0].t, at}));
	return result;
}

static void
read_pointers(struct request *r)
{
	struct json_object *list = abi_member(r->o, "realloc");
	uint64_t max = r->memory.addrtype == i64 ? UINT64_MAX : UINT32_MAX;
	if (list && !json_object_is_type(list, json_type_array))
		abi_wrong("\"realloc\" takes an array of pointers");
	for (size_t i = 0; list && i < json_object_array_length(list); i++)
		vec_push(r->arena, &r->pointers,
			abi_number(json_object_array_get_idx(list, i), "realloc", max));
}

static void
make_memory(struct request *r)
{
	static const char *const widths[] = {"i32", "i64", NULL};
	uint64_t size = request_number(r, "memory_size", 65536, MAX_MEMORY);
	uint64_t at = request_number(r, "bytes_at", 0, MAX_MEMORY);
	r->bytes = (struct bytes){arena_alloc(r->arena, size), size};
	r->memory = (MemInst){&r->bytes, request_one_of(r->o, "memory", widths) ? i64 : i32};
	uint64_t end = put_bytes(r, at, text_or(r->o, "bytes", ""));
	r->heap = request_number(r, "heap", end, MAX_MEMORY);
	read_pointers(r);
}

static void
make_options(struct request *r)
{
	static const char *const encodings[] = {"utf8", "utf16", "latin1+utf16", NULL};
	static const char *const sources[] = {"utf8", "utf16", "latin1+utf16", "latin1", NULL};
	r->realloc = (CoreFuncInst){call_realloc, r};
	r->opts = (CanonicalOptions){.string_encoding = request_one_of(r->o, "encoding", encodings),
		.memory = &r->memory,
		.realloc = &r->realloc,
		.async_ = flag(r, "async")};
	r->context.utf16_tag = utf16_tag(r->memory.addrtype);
	r->context.source = request_one_of(r->o, "source_encoding", sources);
}

/* ---- handles ---- */

static ResourceType *
resource_named(const struct request *r, struct json_object *handle)
{
	static const char *const names[] = {"r", "local", NULL};
	return type_named(r, str_of(names[request_one_of(handle, "of", names)]))->resource;
}

static void *
resource_handle(struct request *r, struct json_object *o, bool own)
{
	struct arena *a = arena_child(r->types.arena);
	uint32_t rep =
		(uint32_t)abi_number(abi_member(o, own ? "own" : "borrow"), "rep", UINT32_MAX);
	Task *scope = own ? NULL : (Task *)r->cx->borrow_scope;
	ResourceHandle *h = ResourceHandle_new(a, resource_named(r, o), rep, own, scope);
	struct json_object *lends = abi_member(o, "lends");
	h->num_lends = lends ? (num)abi_number(lends, "lends", UINT32_MAX) : 0;
	return h;
}

static void *
copy_end(struct request *r, struct json_object *o, ValType *t, bool is_stream)
{
	static const char *const ends[] = {"readable", "writable", NULL};
	static const char *const states[] = {"idle", "copying", "done", NULL};
	static const CopyState values[] = {CopyState_IDLE, CopyState_COPYING, CopyState_DONE};
	struct arena *a = r->types.arena;
	SharedBase *shared = is_stream ? &SharedStreamImpl_new(arena_child(a), t)->base
				       : &SharedFutureImpl_new(arena_child(a), t)->base;
	int writable = request_one_of(o, "end", ends);
	Class cls = is_stream ? (writable ? WritableStreamEnd_class : ReadableStreamEnd_class)
			      : (writable ? WritableFutureEnd_class : ReadableFutureEnd_class);
	CopyEnd *e = CopyEnd_new(arena_child(a), cls, shared);
	e->state = values[request_one_of(o, "state", states)];
	struct json_object *joined = abi_member(o, "joined");
	if (joined && json_object_get_boolean(joined))
		Waitable_join(&e->base, WaitableSet_new(arena_child(a)));
	return e;
}

static void *
error_context(struct request *r, struct json_object *o)
{
	ValType string = {.kind = StringType};
	struct abi_context utf8_context = r->context;
	utf8_context.source = utf8;
	Value v = abi_value_in(&utf8_context, abi_member(o, "error-context"), &string);
	return ErrorContext_new(r->types.arena, v.s);
}

/* The object of a handle, and the shared thing that a lowered value may name by its index. */
static void *
make_handle(struct request *r, struct json_object *o, ValType *element)
{
	if (!json_object_is_type(o, json_type_object))
		abi_wrong("a handle is an object, or null");
	if (abi_member(o, "own") || abi_member(o, "borrow"))
		return resource_handle(r, o, abi_member(o, "own"));
	if (abi_member(o, "error-context"))
		return error_context(r, o);
	if (abi_member(o, "waitable-set"))
		return WaitableSet_new(arena_child(r->types.arena));
	bool is_stream = json_object_object_get_ex(o, "stream", NULL);
	if (!is_stream && !json_object_object_get_ex(o, "future", NULL))
		abi_wrong("a handle is an own, borrow, stream, future, error-context or "
			  "waitable-set");
	return copy_end(r, o, element_text(o) ? element : NULL, is_stream);
}

static void *
shared_of(void *handle)
{
	if (isinstance(handle, ErrorContext_class))
		return handle;
	bool is_end = isinstance(handle, ReadableStreamEnd_class) ||
		      isinstance(handle, WritableStreamEnd_class) ||
		      isinstance(handle, ReadableFutureEnd_class) ||
		      isinstance(handle, WritableFutureEnd_class);
	return is_end ? ((CopyEnd *)handle)->shared : NULL;
}

static void
make_handles(struct request *r)
{
	struct json_object *handles = handles_of(r);
	struct arena *a = r->types.arena;
	Table *table = r->types.inst->handles;
	r->context.shared = Table_new(a);
	for (size_t i = 1; handles && i < json_object_array_length(handles); i++) {
		struct json_object *o = json_object_array_get_idx(handles, i);
		ValType *element = type_named(r, handle_id(r, i))->value;
		void *handle = o ? make_handle(r, o, element) : NULL;
		vec_push(a, &table->array, handle);
		vec_push(a, &r->context.shared->array, handle ? shared_of(handle) : NULL);
	}
	for (uint32_t i = table->array.len; i-- > 1;)
		if (!table->array.data[i])
			vec_push(a, &table->free, i);
}

static struct json_object *
resource_out(const struct request *r, const ResourceHandle *h)
{
	struct json_object *o = json_object_new_object();
	json_object_object_add(o, h->own ? "own" : "borrow", json_object_new_int64(h->rep));
	bool is_local = h->rt == type_named(r, str_of("local"))->resource;
	json_object_object_add(o, "of", json_object_new_string(is_local ? "local" : "r"));
	if (h->num_lends)
		json_object_object_add(o, "lends", json_object_new_int64((int64_t)h->num_lends));
	return o;
}

static struct json_object *
handle_out(const struct request *r, void *handle)
{
	static const char *const names[] = {
		[WaitableSet_class] = "waitable-set",
		[ErrorContext_class] = "error-context",
		[ReadableStreamEnd_class] = "stream",
		[WritableStreamEnd_class] = "stream",
		[ReadableFutureEnd_class] = "future",
		[WritableFutureEnd_class] = "future",
	};
	Class cls = ((Object *)handle)->cls;
	if (cls == ResourceHandle_class)
		return resource_out(r, handle);
	struct json_object *o = json_object_new_object();
	void *shared = shared_of(handle);
	struct json_object *value = shared ? NULL : json_object_new_boolean(true);
	for (uint32_t i = 0; shared && i < r->context.shared->array.len; i++)
		if (r->context.shared->array.data[i] == shared)
			value = json_object_new_int64(i);
	json_object_object_add(o, names[cls], value);
	return o;
}

struct json_object *
request_handles_out(const struct request *r)
{
	struct json_object *list = json_object_new_array();
	const Table *table = r->types.inst->handles;
	for (uint32_t i = 0; i < table->array.len; i++) {
		void *handle = table->array.data[i];
		json_object_array_add(list, handle ? handle_out(r, handle) : NULL);
	}
	return list;
}

/* ---- all of it ---- */

/* Lowering is done for a task, lifting for a subtask: that is where borrows belong to. */
static void
make_context(struct request *r, bool lowers)
{
	static FuncType nothing;
	Task *task = Task_new(&nothing, &r->opts, r->types.inst, (OnStart){0}, (OnResolve){0});
	Subtask *subtask = Subtask_new(arena_child(r->types.arena));
	Object *scope = lowers ? &task->base : &subtask->base.base;
	r->cx = LiftLowerContext_new(&r->opts, r->types.inst, scope);
}

void
request_read(struct request *r, bool lowers)
{
	if (!json_object_is_type(r->o, json_type_object))
		abi_wrong("a request is an object");
	evaluate_types(r);
	make_memory(r);
	make_options(r);
	make_context(r, lowers);
	make_handles(r);
}
