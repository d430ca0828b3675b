/* leb128.c - tests of base/leb128. */
#include "base/leb128.h"

#include "unit.h"

static enum leb_result
read_u(const char *bytes, size_t n, unsigned bits, uint64_t *out)
{
	const uint8_t *p = (const uint8_t *)bytes;
	return leb_unsigned(&p, p + n, bits, out);
}

static enum leb_result
read_s(const char *bytes, size_t n, unsigned bits, int64_t *out)
{
	const uint8_t *p = (const uint8_t *)bytes;
	return leb_signed(&p, p + n, bits, out);
}

#define U(lit, bits, out) read_u(lit, sizeof(lit) - 1, bits, out)
#define S(lit, bits, out) read_s(lit, sizeof(lit) - 1, bits, out)

START_TEST(reads)
{
	uint64_t u;
	int64_t s;
	ck_assert_int_eq(U("\xe5\x8e\x26", 32, &u), LEB_OK);
	ck_assert_uint_eq(u, 624485);
	ck_assert_int_eq(U("\x80\x80\x80\x80\x00", 32, &u), LEB_OK);
	ck_assert_uint_eq(u, 0);
	ck_assert_int_eq(U("\xff\xff\xff\xff\x0f", 32, &u), LEB_OK);
	ck_assert_uint_eq(u, UINT32_MAX);
	ck_assert_int_eq(S("\x7f", 32, &s), LEB_OK);
	ck_assert_int_eq(s, -1);
	ck_assert_int_eq(S("\x80\x80\x80\x80\x78", 32, &s), LEB_OK);
	ck_assert_int_eq(s, INT32_MIN);
	ck_assert_int_eq(S("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x7f", 64, &s), LEB_OK);
	ck_assert_int_eq(s, INT64_MIN);
}
END_TEST

START_TEST(refuses)
{
	uint64_t u;
	int64_t s;
	ck_assert_int_eq(U("\x80", 32, &u), LEB_END);
	ck_assert_int_eq(U("", 32, &u), LEB_END);
	ck_assert_int_eq(U("\x80\x80\x80\x80\x80\x00", 32, &u), LEB_TOO_LONG);
	ck_assert_int_eq(U("\x80\x80\x80\x80\x10", 32, &u), LEB_TOO_LARGE);
	ck_assert_int_eq(S("\x80\x80\x80\x80\x70", 32, &s), LEB_TOO_LARGE);
	ck_assert_int_eq(S("\xff\xff\xff\xff\x0f", 32, &s), LEB_TOO_LARGE);
	ck_assert_int_eq(S("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x7e", 64, &s), LEB_TOO_LARGE);
}
END_TEST

START_TEST(writes)
{
	static const int64_t values[] = {
		0, 1, -1, 63, 64, -64, -65, 624485, INT32_MIN, INT64_MAX, INT64_MIN};
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		uint8_t buf[10];
		const uint8_t *p = buf;
		int64_t s;
		uint64_t u;
		unsigned n = leb_put_signed(buf, values[i]);
		ck_assert_int_eq(leb_signed(&p, buf + n, 64, &s), LEB_OK);
		ck_assert_int_eq(s, values[i]);
		ck_assert_ptr_eq(p, buf + n);
		n = leb_put_unsigned(buf, (uint64_t)values[i]);
		p = buf;
		ck_assert_int_eq(leb_unsigned(&p, buf + n, 64, &u), LEB_OK);
		ck_assert_uint_eq(u, (uint64_t)values[i]);
	}
}
END_TEST

UNIT_MAIN("leb128", reads, refuses, writes)
