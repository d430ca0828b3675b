/* shorthand.h - types and values of the Canonical ABI as short texts, for tables of tests.
 *
 *	types   bool u8 s64 f32 char string list(T) list(T,N) tuple(T,...) record(a:T,...)
 *	        variant(a:T,b,...) enum(a,...) option(T) result(T,T) map(K,V) flags(a,...); _ is None
 *	values  true 12 -3 0x7fc00000 (floats by their bits) U+41 "text" [1,2] (1,2) a(1) a {a,b} */
#ifndef CANON_UNIT_SHORTHAND_H
#define CANON_UNIT_SHORTHAND_H

#include <inttypes.h>
#include <stdio.h>

#include "abi.h"
#include "base/utf8.h"

static inline ValType *parse_type(const char **p);

static inline bool
take_char(const char **p, char c)
{
	if (**p != c)
		return false;
	++*p;
	return true;
}

static inline const char *
take_word(const char **p)
{
	size_t n = strspn(*p, "abcdefghijklmnopqrstuvwxyz0123456789-_");
	const char *w = arena_strndup(world, *p, n);
	*p += n;
	return w;
}

static inline ValType *
maybe_type(const char **p)
{
	return take_char(p, '_') ? NULL : parse_type(p);
}

static inline void
parse_members(const char **p, ValType *t)
{
	do {
		const char *label = t->kind == TupleType ? NULL : take_word(p);
		ValType *m = t->kind == TupleType || take_char(p, ':') ? parse_type(p) : NULL;
		if (t->kind == TupleType)
			vec_push(world, &t->ts, m);
		else if (t->kind == RecordType)
			vec_push(world, &t->fields, ((FieldType){label, m}));
		else if (t->kind == VariantType)
			vec_push(world, &t->cases, ((CaseType){label, m}));
		else
			vec_push(world, &t->labels, label);
	} while (take_char(p, ','));
}

static inline void
parse_parts(const char **p, ValType *t)
{
	switch (t->kind) {
	case ListType:
		t->t = parse_type(p);
		if (take_char(p, ',')) {
			t->l = arena_new_of(world, uint32_t);
			*t->l = (uint32_t)strtoul(*p, (char **)p, 10);
		}
		break;
	case OptionType: t->t = parse_type(p); break;
	case ResultType:
	case MapType: {
		ValType *first = maybe_type(p);
		ck_assert(take_char(p, ','));
		ValType *second = maybe_type(p);
		t->ok = t->k = first;
		t->error = t->v = second;
		break;
	}
	default: parse_members(p, t); break;
	}
}

static inline ValType *
parse_type(const char **p)
{
	static const struct {
		const char *word;
		ValTypeKind kind;
	} words[] = {{"bool", BoolType}, {"s8", S8Type}, {"u8", U8Type}, {"s16", S16Type},
		{"u16", U16Type}, {"s32", S32Type}, {"u32", U32Type}, {"s64", S64Type},
		{"u64", U64Type}, {"f32", F32Type}, {"f64", F64Type}, {"char", CharType},
		{"string", StringType}, {"list", ListType}, {"record", RecordType},
		{"tuple", TupleType}, {"variant", VariantType}, {"enum", EnumType},
		{"option", OptionType}, {"result", ResultType}, {"map", MapType},
		{"flags", FlagsType}};
	const char *w = take_word(p);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(w, words[i].word))
			continue;
		ValType *t = type_of(words[i].kind);
		if (take_char(p, '(')) {
			parse_parts(p, t);
			ck_assert_msg(take_char(p, ')'), "%s", *p);
		}
		return t;
	}
	ck_abort_msg("no type: %s", w);
}

static inline ValType *
T(const char *text)
{
	ValType *t = parse_type(&text);
	ck_assert_msg(!*text, "behind the type: %s", text);
	return t;
}

/* ---- values ---- */

static inline void print_value(struct strbuf *out, ValType *t, Value v);

static inline void
print_string(struct strbuf *out, const String *s)
{
	char utf8_text[4];
	strbuf_addc(out, '"');
	for (uint32_t i = 0; i < s->len; i++)
		strbuf_add(out, utf8_text, (size_t)utf8_encode(String_at(s, i), utf8_text));
	strbuf_addc(out, '"');
}

static inline void
print_list(struct strbuf *out, ValType *elem, Values vs)
{
	strbuf_addc(out, '[');
	for (uint32_t i = 0; i < vs.len; i++) {
		if (i)
			strbuf_addc(out, ',');
		print_value(out, elem, Values_at(&vs, i, elem));
	}
	strbuf_addc(out, ']');
}

static inline void
print_record(struct strbuf *out, FieldTypes fields, Values vs)
{
	strbuf_addc(out, '(');
	for (uint32_t i = 0; i < fields.len; i++) {
		if (i)
			strbuf_addc(out, ',');
		print_value(out, fields.data[i].t, vs.data[i]);
	}
	strbuf_addc(out, ')');
}

static inline void
print_flags(struct strbuf *out, Labels labels, uint32_t flags)
{
	const char *between = "";
	strbuf_addc(out, '{');
	for (uint32_t i = 0; i < labels.len; i++) {
		if (flags >> i & 1) {
			strbuf_printf(out, "%s%s", between, labels.data[i]);
			between = ",";
		}
	}
	strbuf_addc(out, '}');
}

static inline void
print_value(struct strbuf *out, ValType *t, Value v)
{
	t = despecialize(t);
	switch (t->kind) {
	case BoolType: strbuf_adds(out, v.b ? "true" : "false"); break;
	case F32Type:
	case F64Type: strbuf_printf(out, "0x%" PRIx64, v.f); break;
	case CharType: strbuf_printf(out, "U+%X", v.c); break;
	case StringType: print_string(out, v.s); break;
	case ListType: print_list(out, t->t, v.list); break;
	case RecordType: print_record(out, t->fields, v.list); break;
	case FlagsType: print_flags(out, t->labels, v.flags); break;
	case VariantType:
		strbuf_adds(out, t->cases.data[v.variant.case_index].label);
		if (v.variant.v) {
			strbuf_addc(out, '(');
			print_value(out, t->cases.data[v.variant.case_index].t, *v.variant.v);
			strbuf_addc(out, ')');
		}
		break;
	case U64Type: strbuf_printf(out, "%" PRIu64, (uint64_t)v.i); break;
	default: strbuf_printf(out, "%" PRId64, (int64_t)v.i); break;
	}
}

static inline const char *
V(ValType *t, Value v)
{
	struct strbuf out = {.arena = world};
	print_value(&out, t, v);
	return strbuf_cstr(&out);
}

/* ---- memories ---- */

/* A memory with a realloc that hands out ever higher ranges, as run_tests.py's Heap. */
struct memory {
	struct bytes bytes;
	MemInst inst;
	uint64_t last_alloc;
	struct strbuf log; /* "old_size alignment size" of each realloc, with semicolons */
	CoreFuncInst realloc;
	CanonicalOptions *opts;
	LiftLowerContext *cx;
};

static inline CoreValues
memory_realloc(void *env, CoreValues args)
{
	struct memory *m = env;
	uint64_t old = args.data[0].bits, old_size = args.data[1].bits, align = args.data[2].bits,
		 size = args.data[3].bits;
	CoreValues result = {0};
	strbuf_printf(&m->log, "%s%" PRIu64 " %" PRIu64 " %" PRIu64, m->log.len ? "; " : "",
		old_size, align, size);
	uint64_t at = (m->last_alloc + align - 1) / align * align;
	if (old_size && size <= old_size) {
		at = old;
	} else if (at + size <= m->bytes.len) {
		memcpy(m->bytes.data + at, m->bytes.data + old, old_size);
		m->last_alloc = at + size;
	}
	append(&result, ((CoreValue){args.data[0].t, at}));
	return result;
}

static inline struct memory *
memory_new(const void *bytes, size_t len, size_t room, CoreType addrtype, StringEncoding encoding)
{
	struct memory *m = arena_new_of(world, struct memory);
	ComponentInstance *inst = ComponentInstance_new(store_, NULL);
	m->bytes = (struct bytes){arena_alloc(world, room), room};
	if (len)
		memcpy(m->bytes.data, bytes, len);
	m->last_alloc = len;
	m->log.arena = world;
	m->inst = (MemInst){&m->bytes, addrtype};
	m->realloc = (CoreFuncInst){memory_realloc, m};
	m->opts = options_new();
	m->opts->memory = &m->inst;
	m->opts->realloc = &m->realloc;
	m->opts->string_encoding = encoding;
	m->cx = LiftLowerContext_new(m->opts, inst, NULL);
	return m;
}

#endif
