/* fast.c - the short ways of cabi/fast.h give what the literal ways give: the same values, the
 * same bytes, the same calls of realloc. */
#include "cabi/fast.h"

#include "shorthand.h"

static uint64_t state;

static uint64_t
pseudo_random(void)
{
	state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return state >> 24;
}

/* What a value of a type comes to when it is loaded from memory at 0, stored into another memory,
 * and loaded again: the text of both, the bytes and the reallocs. */
static const char *
there_and_back(ValType *t, const void *bytes, size_t len, StringEncoding from, StringEncoding to)
{
	struct strbuf out = {.arena = world};
	struct memory *m = memory_new(bytes, len, len, i32, from);
	struct memory *n = memory_new((uint8_t[8]){0}, 8, 8 + 4 * len, i32, to);
	Value v = load(m->cx, 0, t);
	store(n->cx, v, t, 0);
	strbuf_printf(&out, "%s; %s; %s; ", V(t, v), V(t, load(n->cx, 0, t)),
		n->log.len ? strbuf_cstr(&n->log) : "");
	for (uint64_t i = 0; i < n->bytes.len; i++)
		strbuf_printf(&out, "%02x", n->bytes.data[i]);
	return strbuf_cstr(&out);
}

static void
compare(ValType *t, const void *bytes, size_t len, StringEncoding from, StringEncoding to)
{
	fast_paths = true;
	const char *fast = there_and_back(t, bytes, len, from, to);
	fast_paths = false;
	const char *literal = there_and_back(t, bytes, len, from, to);
	fast_paths = true;
	ck_assert_msg(!strcmp(fast, literal), "%.200s\nis not %.200s", fast, literal);
}

/* A pointer and a length at 0, and the contents behind them. */
static void
put_range(uint8_t *bytes, uint32_t length)
{
	memset(bytes, 0, 8);
	bytes[0] = 8;
	memcpy(bytes + 4, &length, 4);
}

START_TEST(lists_of_integers)
{
	static const char *const types[] = {"list(u8)", "list(s8)", "list(u16)", "list(s16)",
		"list(u32)", "list(s32)", "list(u64)", "list(s64)", "list(f32)", "list(bool)"};
	uint8_t bytes[8 + 40 * 8];
	world_begin();
	for (size_t k = 0; k < sizeof types / sizeof *types; k++)
		for (uint32_t length = 0; length <= 40; length++) {
			put_range(bytes, length);
			for (size_t i = 8; i < sizeof bytes; i++)
				bytes[i] = (uint8_t)pseudo_random();
			compare(T(types[k]), bytes, sizeof bytes, utf8, utf8);
		}
	world_end();
}
END_TEST

static void
every_way(const char *utf8_text, const uint8_t *utf16_text, uint32_t units)
{
	uint8_t bytes[128];
	static const StringEncoding to[] = {utf8, utf16, latin1_utf16};
	for (int k = 0; k < 3; k++) {
		put_range(bytes, (uint32_t)strlen(utf8_text));
		memcpy(bytes + 8, utf8_text, strlen(utf8_text));
		compare(T("string"), bytes, sizeof bytes, utf8, to[k]);
		put_range(bytes, units);
		memcpy(bytes + 8, utf16_text, (size_t)units * 2);
		compare(T("string"), bytes, sizeof bytes, utf16, to[k]);
		bytes[7] = 0x80; /* the tag of UTF-16 */
		compare(T("string"), bytes, sizeof bytes, latin1_utf16, to[k]);
		put_range(bytes, units);
		compare(T("string"), bytes, sizeof bytes, latin1_utf16, to[k]);
	}
}

START_TEST(strings)
{
	world_begin();
	every_way("", (const uint8_t *)"", 0);
	every_way("a", (const uint8_t *)"a\0", 1);
	every_way("0123456", (const uint8_t *)"0\0001\0002\0003\0004\0005\0006", 7);
	every_way("01234567", (const uint8_t *)"0\0001\0002\0003\0004\0005\0006\0007", 8);
	every_way("012345678", (const uint8_t *)"0\0001\0002\0003\0004\0005\0006\0007\0008", 9);
	every_way("0123456\x7f", (const uint8_t *)"0\0001\0002\0003\0004\0005\0006\0\x7f", 8);
	every_way("0123456\xc3\xa9", (const uint8_t *)"0\0001\0002\0003\0004\0005\0006\0\xe9", 8);
	every_way("\xe2\x82\xac 12345678", (const uint8_t *)"\xac\x20 \0001\0002\0003", 5);
	world_end();
}
END_TEST

START_TEST(ascii_is_seen_at_every_place)
{
	uint8_t bytes[40];
	for (size_t n = 0; n <= sizeof bytes; n++) {
		memset(bytes, 0x7f, sizeof bytes);
		ck_assert(fast_is_ascii(bytes, n));
		for (size_t i = 0; i < n; i++) {
			bytes[i] = 0x80;
			ck_assert(!fast_is_ascii(bytes, n));
			bytes[i] = 0x7f;
		}
	}
}
END_TEST

UNIT_MAIN("fast", lists_of_integers, strings, ascii_is_seen_at_every_place)
