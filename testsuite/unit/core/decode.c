/* decode.c - tests of core/decode: what the bytes become, that a module from its bytes runs,
 * why bytes are refused, and that no cut or changed byte does more than raise. */
#include "core/decode.h"

#include "hex.h"
#include "module.h"

static struct world w;

/* Sections of less than 128 bytes, up to a null. */
struct section {
	unsigned id;
	const char *hex;
};

static struct str
module_of(const struct section *s)
{
	struct strbuf b = {.arena = w.arena};
	add_hex(&b, "00 61 73 6d 01 00 00 00");
	for (; s->hex; s++) {
		struct strbuf contents = {.arena = w.arena};
		add_hex(&contents, s->hex);
		strbuf_addc(&b, (char)s->id);
		strbuf_addc(&b, (char)contents.len);
		strbuf_add(&b, contents.ptr, contents.len);
	}
	return strbuf_str(&b);
}

struct input {
	struct str bytes;
	struct source src;
};

static void
decode(void *env)
{
	struct input *in = env;
	w.module = core_decode(w.arena, in->bytes, &in->src);
}

static void
decode_and_validate(void *env)
{
	decode(env);
	core_validate(w.arena, w.module);
}

static const char *
reason_for(struct str bytes, void (*step)(void *env))
{
	struct input in = {
		.bytes = bytes, .src = {.name = "bytes", .text = bytes.ptr, .len = bytes.len}};
	in.src.binary = true;
	return protect(step, &in, &w.err) ? "none" : w.err.reason;
}

/* Every section: f(x) adds a local that is x, an imported global, and what the function that
 * an element segment put in the table returns. */
static const struct section whole[] = {
	{0x00, "01 61 62 63"},
	{0x01, "02 60 01 7f 01 7f 60 00 01 7f"},
	{0x02, "01 03 65 6e 76 01 67 03 7f 00"},
	{0x03, "02 00 01"},
	{0x04, "01 70 00 02"},
	{0x05, "01 01 01 02"},
	{0x06, "01 7f 00 41 2a 0b"},
	{0x07, "02 01 66 00 00 01 6d 02 00"},
	{0x09, "01 00 41 01 0b 01 01"},
	{0x0c, "01"},
	{0x0a, "02 13 01 01 7f 20 00 21 01 20 01 23 00 6a 41 01 11 01 00 6a 0b 04 00 41 0a 0b"},
	{0x0b, "01 01 03 78 79 7a"},
	{0x00, "04 6e 61 6d 65 21"},
	{0, NULL},
};

START_TEST(contents)
{
	world_new(&w);
	ck_assert_str_eq(reason_for(module_of(whole), decode), "none");
	const struct core_module *m = w.module;
	ck_assert_uint_eq(m->types.len, 2);
	ck_assert_uint_eq(m->imports.len, 1);
	ck_assert(str_is(m->imports.data[0].module, "env"));
	ck_assert_uint_eq(m->globals.len, 2);
	ck_assert(m->globals.data[0].imported && !m->globals.data[1].imported);
	struct core_bodies bodies;
	core_bodies_init(&bodies, w.arena);
	struct core_body body = core_body(&bodies, &m->funcs.data[0]);
	ck_assert_uint_eq(body.nlocals, 1);
	ck_assert_uint_eq(body.expr.ninstrs, 9);
	ck_assert_uint_eq(m->mems.data[0].type.limits.max, 2);
	ck_assert_int_eq(m->elems.data[0].mode, CORE_ACTIVE);
	ck_assert(m->elems.data[0].by_index);
	ck_assert_int_eq(m->datas.data[0].mode, CORE_PASSIVE);
	ck_assert(str_is(m->datas.data[0].bytes, "xyz"));
	ck_assert(!m->has_data_count); /* nothing needs the section, which is there */
	ck_assert_uint_eq(m->customs.len, 2);
	ck_assert(str_is(m->customs.data[1].name, "name"));
	ck_assert(str_is(m->customs.data[1].bytes, "!"));
	ck_assert_uint_eq(m->customs.data[0].place, 0);
	ck_assert_uint_eq(m->customs.data[1].place, 11);
	world_free(&w);
}
END_TEST

static void
instantiate_decoded(void *env)
{
	core_validate(w.arena, w.module);
	w.inst = core_instantiate(w.store, w.module, world_resolve, env);
}

START_TEST(runs)
{
	make(&w, "(global (export \"g\") i32 (i32.const 100))");
	w.with = w.inst;
	ck_assert_str_eq(reason_for(module_of(whole), decode), "none");
	ck_assert(protect(instantiate_decoded, &w, &w.err));
	ck_call(&w, "f", 7, 0, 117);
	world_free(&w);
}
END_TEST

/* The reason that a module of one or two sections is refused for. */
static const char *
refused(unsigned id, const char *hex, unsigned id2, const char *hex2)
{
	const struct section s[] = {{id, hex}, {id2, hex2}, {0, NULL}};
	world_new(&w);
	const char *reason = reason_for(module_of(s), decode);
	world_free(&w);
	return reason;
}

#define ck_refused(id, hex, reason) ck_assert_str_eq(refused(id, hex, 0, NULL), reason)
#define ck_refused2(id, hex, id2, hex2, reason) \
	ck_assert_str_eq(refused(id, hex, id2, hex2), reason)

START_TEST(refused_sections)
{
	ck_refused(0x0e, "", "malformed-section-id");
	ck_refused(0x01, "01 60 00 00 00", "section-size-mismatch");
	ck_refused(0x01, "05 60 00 00", "length-out-of-bounds");
	ck_refused(0x01, "01 61 00 00", "malformed-definition-type");
	ck_refused(0x01, "01 5f 01 7f 02", "malformed-mutability");
	ck_refused(0x01, "01 50 01 00 61", "malformed-definition-type");
	ck_refused(0x01, "01 4e 05 60 00 00", "length-out-of-bounds");
	ck_refused(0x0d, "01 01 00", "malformed-tag-attribute");
	ck_refused(0x02, "01 00 00 05 00", "malformed-import-kind");
	ck_refused(0x02, "01 01 ff 00 00 00", "malformed-utf-8-encoding");
	ck_refused(0x05, "01 08 00", "malformed-limits-flags");
	ck_refused(0x04, "01 70 03 00 01", "malformed-limits-flags"); /* shared */
	ck_refused(0x06, "01 7f 02 41 00 0b", "malformed-mutability");
	ck_refused(0x0a, "01 02 00 0b", "function-and-code-section-have-inconsistent-lengths");
	ck_refused(0x0c, "01", "data-count-and-data-section-have-inconsistent-lengths");
	ck_refused(0x00, "05 61", "length-out-of-bounds");
	ck_refused2(0x00, "03 61", 0x01, "00", "unexpected-end-of-section-or-function");
	ck_refused2(0x03, "00", 0x01, "00", "unexpected-content-after-last-section");
	ck_refused2(0x05, "00", 0x05, "00", "unexpected-content-after-last-section");
}
END_TEST

/* The reason that a body is refused for, in a module with one memory. */
static const char *
refused_body(const char *hex)
{
	struct section s[] = {{0x01, "01 60 00 00"}, {0x03, "01 00"}, {0x05, "01 00 01"},
		{0x0a, NULL}, {0, NULL}};
	world_new(&w);
	struct strbuf body = {.arena = w.arena}, code = {.arena = w.arena};
	add_hex(&body, hex);
	strbuf_printf(&code, "01 %02x %s", (unsigned)body.len, hex);
	s[3].hex = strbuf_cstr(&code);
	const char *reason = reason_for(module_of(s), decode);
	world_free(&w);
	return reason;
}

#define ck_body(hex, reason) ck_assert_str_eq(refused_body(hex), reason)

START_TEST(refused_bodies)
{
	ck_body("00 0b", "none");
	ck_body("00 02 40 0b", "unexpected-end-of-section-or-function");
	ck_body("00 0b 0b", "section-size-mismatch");
	ck_body("00 05 0b", "end-opcode-expected");
	ck_body("00 04 40 05 05 0b 0b", "end-opcode-expected");
	ck_body("00 ff 0b", "illegal-opcode");
	ck_body("00 fc 7f 0b", "illegal-opcode");
	ck_body("00 fd 9a 01 0b", "illegal-opcode");
	ck_body("00 fd 94 02 0b", "illegal-opcode");
	ck_body("00 fd 0c 00 0b", "unexpected-end-of-section-or-function");
	ck_body("00 1f 40 01 04 00 0b 0b", "malformed-catch-clause");
	ck_body("00 41 80 80 80 80 80 00 1a 0b", "integer-representation-too-long");
	ck_body("00 41 80 80 80 80 70 1a 0b", "integer-too-large");
	ck_body("00 41 00 28 80 01 00 1a 0b", "malformed-memop-flags");
	ck_body("00 fc 09 00 0b", "data-count-section-required");
	ck_body("02 ff ff ff ff 0f 7f 02 7f 0b", "too-many-locals");
	ck_body("01 d1 86 03 7f 0b", "too-many-locals"); /* 50001: our limit */
	ck_assert_int_eq(w.err.kind, ERR_EXHAUSTED);
}
END_TEST

START_TEST(header)
{
	world_new(&w);
	ck_assert_str_eq(reason_for(STR(""), decode), "unexpected-end-of-section-or-function");
	ck_assert_str_eq(reason_for(STR("\0asn\1\0\0\0"), decode), "magic-header-not-detected");
	ck_assert_str_eq(reason_for(STR("\0asm\2\0\0\0"), decode), "unknown-binary-version");
	ck_assert_str_eq(reason_for(STR("\0asm\1\0\0\0"), decode), "none");
	world_free(&w);
}
END_TEST

/* An error says where: the byte's offset. */
START_TEST(locations)
{
	world_new(&w);
	reason_for(STR("\0asm\1\0\0\0\7\5\1\1x\7\0"), decode);
	ck_assert_str_eq(w.err.reason, "malformed-export-kind");
	ck_assert_uint_eq(w.err.at.pos, 13);
	world_free(&w);
}
END_TEST

static bool
is_verdict(enum error_kind kind)
{
	return kind == ERR_MALFORMED || kind == ERR_INVALID || kind == ERR_UNSUPPORTED ||
	       kind == ERR_EXHAUSTED;
}

static void
try_bytes(const char *bytes, size_t n)
{
	struct arena *whole_arena = w.arena;
	w.arena = arena_new(0);
	char *exact = arena_alloc(w.arena, n); /* so that reading beyond is noticed */
	memcpy(exact, bytes, n);
	if (strcmp(reason_for((struct str){exact, n}, decode_and_validate), "none"))
		ck_assert_msg(is_verdict(w.err.kind), "%s", w.err.message);
	arena_free(w.arena);
	w.arena = whole_arena;
}

START_TEST(cut_and_changed)
{
	static const uint8_t values[] = {0x00, 0x01, 0x0b, 0x40, 0x7f, 0x80, 0xfc, 0xff};
	world_new(&w);
	struct str bytes = module_of(whole);
	char changed[256];
	ck_assert(bytes.len < sizeof changed);
	for (size_t n = 0; n < bytes.len; n++)
		try_bytes(bytes.ptr, n);
	for (size_t i = 8; i < bytes.len; i++)
		for (size_t k = 0; k < sizeof values; k++) {
			memcpy(changed, bytes.ptr, bytes.len);
			changed[i] = (char)values[k];
			try_bytes(changed, bytes.len);
		}
	world_free(&w);
}
END_TEST

UNIT_MAIN("decode", contents, runs, refused_sections, refused_bodies, header, locations,
	cut_and_changed)
