/* decode.c - tests of component/decode*: why bytes are refused, and where. What good bytes stand
 * for is in encode.c. */
#include "component/decode.h"

#include "base/error.h"
#include "hex.h"
#include "unit.h"

struct input {
	struct arena *arena;
	struct str bytes;
	struct source src;
	struct component *component;
};

static void
decode(void *env)
{
	struct input *in = env;
	in->component = component_decode(in->arena, in->bytes, &in->src);
}

static struct error err;

static const char *
reason_for(struct arena *a, struct str bytes)
{
	struct input in = {a, bytes, {.name = "bytes", .text = bytes.ptr, .len = bytes.len}, NULL};
	in.src.binary = true;
	err = (struct error){0};
	return protect(decode, &in, &err) ? "none" : err.reason;
}

/* Sections are refused for a reason, at an offset from the start of the file. */
static void
refused(const char *hex, const char *reason, unsigned offset)
{
	struct arena *a = arena_new(0);
	struct strbuf b = {.arena = a};
	add_hex(&b, "00 61 73 6d 0d 00 01 00");
	add_hex(&b, hex);
	const char *got = reason_for(a, strbuf_str(&b));
	ck_assert_msg(!strcmp(got, reason), "%s: %s, not %s", hex, got, reason);
	ck_assert_int_eq(err.kind, ERR_MALFORMED);
	ck_assert_msg(err.at.pos == offset, "%s: at 0x%x, not 0x%x", hex, err.at.pos, offset);
	arena_free(a);
}

#define END "unexpected-end-of-section-or-function"

START_TEST(header)
{
	struct arena *a = arena_new(0);
	ck_assert_str_eq(reason_for(a, STR("\0asm\x0d\0\1\0")), "none");
	ck_assert_str_eq(reason_for(a, STR("\0asm\x0d\0\1")), END);
	ck_assert_str_eq(reason_for(a, STR("\0asn\x0d\0\1\0")), "magic-header-not-detected");
	ck_assert_str_eq(reason_for(a, STR("\0asm\x0e\0\1\0")), "unknown-binary-version");
	arena_free(a);
}
END_TEST

START_TEST(sections)
{
	refused("0d 00", "malformed-section-id", 0x8);
	refused("07", END, 0x9);
	refused("07 05 00", END, 0x9);
	refused("07 02 00 00", "section-size-mismatch", 0xb);
	refused("07 ff ff ff ff 1f", "integer-too-large", 0xd);
	refused("07 80 80 80 80 80 00", "integer-representation-too-long", 0xe);
	refused("00 00", END, 0xa);
	refused("00 02 05 61", "length-out-of-bounds", 0xb);
	refused("00 02 01 ff", "malformed-utf-8-encoding", 0xb);
	refused("01 08 00 61 73 6d 0d 00 01 00", "not-a-module", 0xe);
	refused("04 08 00 61 73 6d 01 00 00 00", "not-a-component", 0xe);
}
END_TEST

START_TEST(types)
{
	refused("07 02 02 7d", END, 0xc);
	refused("07 02 01 3e", "leading-byte-defined-type", 0xb);
	refused("07 03 01 70 62", "leading-byte-value-type", 0xc);
	refused("07 06 01 72 01 01 61", END, 0x9);
	refused("07 03 01 6b ff", END, 0xd);
	refused("07 05 01 6a 02 00 00", "leading-byte-optional-value-type", 0xc);
	refused("07 05 01 40 00 02 00", "leading-byte-results", 0xd);
	refused("07 04 01 42 01 03", "leading-byte-declaration", 0xd);
	refused("07 04 01 41 01 05", "leading-byte-declaration", 0xd);
	refused("03 02 01 00", END, 0xc);
}
END_TEST

START_TEST(definitions)
{
	refused("02 02 01 02", "leading-byte-core-instance", 0xb);
	refused("05 02 01 02", "leading-byte-instance", 0xb);
	refused("02 08 01 00 00 01 01 61 11 01", "leading-byte-instantiation-arg", 0x10);
	refused("06 06 01 06 00 01 01 65", "leading-byte-extern-kind", 0xb);
	refused("06 05 01 03 03 00 00", "leading-byte-alias", 0xc);
	refused("06 07 01 00 05 01 02 01 66", "leading-byte-extern-kind", 0xb);
	refused("08 02 01 30", "leading-byte-canon", 0xb);
	refused("08 06 01 00 01 01 00 02", "leading-byte-canon-lift", 0xc);
	refused("08 06 01 00 00 01 01 09", "leading-byte-canon-option", 0xf);
	refused("0a 06 01 03 01 61 01 01", "leading-byte-name", 0xb);
	refused("0a 06 01 00 01 61 06 01", "leading-byte-extern-kind", 0xe);
	refused("0a 07 01 00 01 61 03 02 00", "leading-byte-type-bound", 0xf);
	refused("0b 07 01 00 01 66 01 01 02", "leading-byte-export-type", 0x10);
}
END_TEST

/* Every part of a component that has one of most things. */
static const char whole[] =
	"00 61 73 6d 0d 00 01 00 00 04 01 61 78 79 01 08 00 61 73 6d 01 00 00 00 02 0b 01 01 02 01 "
	"66 00 01 01 6d 02 02 03 14 01 50 03 00 01 61 01 62 02 00 01 01 60 00 00 03 01 66 00 00 04 "
	"08 00 61 73 6d 0d 00 01 00 05 0d 01 00 00 02 01 61 01 01 01 62 00 11 02 06 06 01 05 00 01 "
	"01 65 07 11 04 6a 00 00 6a 01 7d 00 6a 00 01 7d 6a 01 7d 01 7e 07 11 01 42 03 01 7d 04 00 "
	"01 74 03 00 00 02 03 02 01 00 08 0d 01 00 00 01 04 01 03 01 04 02 05 03 04 09 05 01 02 02 "
	"03 01 0a 0c 02 00 01 61 03 01 00 01 62 00 11 02 0b 09 01 00 01 66 05 01 01 05 02 0c 04 01 "
	"7d 01 07 00 16 0e 63 6f 6d 70 6f 6e 65 6e 74 2d 6e 61 6d 65 01 05 03 01 00 01 74";

static void
try_bytes(const char *bytes, size_t n)
{
	struct arena *a = arena_new(0);
	char *exact = arena_alloc(a, n); /* so that reading beyond is noticed */
	memcpy(exact, bytes, n);
	if (strcmp(reason_for(a, (struct str){exact, n}), "none"))
		ck_assert_msg(err.kind == ERR_MALFORMED && err.at.pos <= n, "%s", err.message);
	arena_free(a);
}

START_TEST(cut_and_changed)
{
	static const uint8_t values[] = {0x00, 0x01, 0x0b, 0x40, 0x7f, 0x80, 0xfc, 0xff};
	struct arena *a = arena_new(0);
	struct strbuf b = {.arena = a};
	add_hex(&b, whole);
	ck_assert_str_eq(reason_for(a, strbuf_str(&b)), "none");
	for (size_t n = 0; n < b.len; n++)
		try_bytes(b.ptr, n);
	for (size_t i = 0; i < b.len; i++)
		for (size_t k = 0; k < sizeof values; k++) {
			char was = b.ptr[i];
			b.ptr[i] = (char)values[k];
			try_bytes(b.ptr, b.len);
			b.ptr[i] = was;
		}
	arena_free(a);
}
END_TEST

UNIT_MAIN("component/decode", header, sections, types, definitions, cut_and_changed)
