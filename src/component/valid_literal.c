/* valid_literal.c - does the literal of a value definition have the definition's type? One that
 * is text is encoded on the way, since that takes the type, too.
 * Explainer.md, "Value Definitions"; Binary.md, "Value Definitions", for binary literals. */
#include "component/valid_scope.h"

#include "base/error.h"
#include "base/utf8.h"
#include "core/writer.h"
#include "text/number.h"

static void literal(const struct ctype *t, const struct comp_literal *l, struct strbuf *out);

NORETURN static void
no_match(const struct ctype *t, struct loc at)
{
	raise_error(ERR_INVALID, at, "value-literal", "value does not match its type, %s",
		ctype_kind_name(t));
}

/* ---- text ---- */

static unsigned
int_bits(enum comp_val_kind prim)
{
	switch (prim) {
	case VAL_S8:
	case VAL_U8: return 8;
	case VAL_S16:
	case VAL_U16: return 16;
	case VAL_S32:
	case VAL_U32: return 32;
	case VAL_S64:
	case VAL_U64: return 64;
	default: return 0;
	}
}

static bool
is_signed(enum comp_val_kind prim)
{
	return prim == VAL_S8 || prim == VAL_S16 || prim == VAL_S32 || prim == VAL_S64;
}

static bool
integer_literal(const struct ctype *t, const struct comp_literal *l, struct strbuf *out)
{
	uint64_t value;
	unsigned bits = int_bits(t->prim);
	enum number_result r = is_signed(t->prim) ? number_signed(l->number, bits, &value)
						  : number_unsigned(l->number, bits, &value);
	if (l->kind != LIT_INT || r != NUMBER_OK)
		return false;
	if (bits == 8)
		write_byte(out, (uint8_t)value);
	else if (is_signed(t->prim))
		write_signed(out, (int64_t)value);
	else
		write_u64(out, value);
	return true;
}

/* The one NaN has no payload. */
static bool
float_literal(const struct ctype *t, const struct comp_literal *l, struct strbuf *out)
{
	uint32_t f32 = 0;
	uint64_t f64 = 0;
	if (l->kind != LIT_INT && l->kind != LIT_FLOAT)
		return false;
	if (str_starts(l->number, "nan:") || str_starts(l->number, "+nan") ||
		str_starts(l->number, "-nan"))
		return false;
	bool single = t->prim == VAL_F32;
	enum number_result r = single ? number_f32(l->number, &f32) : number_f64(l->number, &f64);
	write_bits(out, single ? f32 : f64, single ? 4 : 8);
	return r == NUMBER_OK;
}

static bool
string_literal(const struct comp_literal *l, struct strbuf *out)
{
	if (l->kind == LIT_STRING)
		write_name(out, l->text);
	return l->kind == LIT_STRING;
}

static bool
char_literal(const struct comp_literal *l, struct strbuf *out)
{
	char utf8[4];
	if (l->kind == LIT_CHAR)
		strbuf_add(out, utf8, (size_t)utf8_encode(l->bits, utf8));
	return l->kind == LIT_CHAR;
}

static bool
bool_literal(const struct comp_literal *l, struct strbuf *out)
{
	write_byte(out, (uint8_t)l->bits);
	return l->kind == LIT_BOOL;
}

static void
prim_literal(const struct ctype *t, const struct comp_literal *l, struct strbuf *out)
{
	bool ok;
	switch (t->prim) {
	case VAL_BOOL: ok = bool_literal(l, out); break;
	case VAL_CHAR: ok = char_literal(l, out); break;
	case VAL_STRING: ok = string_literal(l, out); break;
	case VAL_F32:
	case VAL_F64: ok = float_literal(t, l, out); break;
	default: ok = int_bits(t->prim) && integer_literal(t, l, out); break;
	}
	if (!ok)
		no_match(t, l->at);
}

/* One item for each of the labels. */
static void
fields_literal(const struct ctype *t, const struct comp_literal *l, struct strbuf *out)
{
	if (l->items.len != t->nlabels)
		no_match(t, l->at);
	for (uint32_t i = 0; i < t->nlabels; i++)
		literal(t->labels[i].type, &l->items.data[i], out);
}

static void
elems_literal(const struct ctype *t, const struct comp_literal *l, struct strbuf *out)
{
	if (t->kind == CT_FIXED_LIST && l->items.len != t->length)
		no_match(t, l->at);
	write_u32(out, l->items.len);
	for (uint32_t i = 0; i < l->items.len; i++)
		literal(t->elem, &l->items.data[i], out);
}

static uint32_t
label_of(const struct ctype *t, struct str name, struct loc at)
{
	for (uint32_t i = 0; i < t->nlabels; i++) {
		if (str_eq(t->labels[i].name, name))
			return i;
	}
	no_match(t, at);
}

static void
payload_literal(const struct ctype *t, const struct ctype *payload, const struct comp_literal *l,
	struct strbuf *out)
{
	if (l->items.len != (payload ? 1 : 0))
		no_match(t, l->at);
	if (payload)
		literal(payload, &l->items.data[0], out);
}

static void
variant_literal(const struct ctype *t, const struct comp_literal *l, struct strbuf *out)
{
	uint32_t i = label_of(t, l->text, l->at);
	write_u32(out, i);
	payload_literal(t, t->labels[i].type, l, out);
}

static void
flags_literal(const struct ctype *t, const struct comp_literal *l, struct strbuf *out)
{
	uint64_t bits = 0; /* there are no more than 32 */
	for (uint32_t i = 0; i < l->items.len; i++)
		bits |= (uint64_t)1 << label_of(t, l->items.data[i].text, l->items.data[i].at);
	write_bits(out, bits, (t->nlabels + 7) / 8);
}

/* One of two cases, of which the literal is the second one where `second`. */
static void
either_literal(const struct ctype *t, bool second, const struct ctype *payload,
	const struct comp_literal *l, struct strbuf *out)
{
	write_byte(out, second);
	payload_literal(t, payload, l, out);
}

static void
literal(const struct ctype *t, const struct comp_literal *l, struct strbuf *out)
{
	static const int kinds[] = {
		[CT_RECORD] = LIT_RECORD + 1,
		[CT_TUPLE] = LIT_TUPLE + 1,
		[CT_VARIANT] = LIT_VARIANT + 1,
		[CT_LIST] = LIT_LIST + 1,
		[CT_FIXED_LIST] = LIT_LIST + 1,
		[CT_FLAGS] = LIT_FLAGS + 1,
		[CT_ENUM] = LIT_ENUM + 1,
		[CT_RESOURCE] = 0,
	};
	if (kinds[t->kind] && kinds[t->kind] != (int)l->kind + 1)
		no_match(t, l->at);
	switch (t->kind) {
	case CT_PRIM: prim_literal(t, l, out); return;
	case CT_RECORD:
	case CT_TUPLE: fields_literal(t, l, out); return;
	case CT_LIST:
	case CT_FIXED_LIST: elems_literal(t, l, out); return;
	case CT_VARIANT: variant_literal(t, l, out); return;
	case CT_ENUM: write_u32(out, label_of(t, l->text, l->at)); return;
	case CT_FLAGS: flags_literal(t, l, out); return;
	case CT_OPTION:
		if (l->kind != LIT_NONE && l->kind != LIT_SOME)
			no_match(t, l->at);
		either_literal(
			t, l->kind == LIT_SOME, l->kind == LIT_SOME ? t->elem : NULL, l, out);
		return;
	case CT_RESULT:
		if (l->kind != LIT_OK && l->kind != LIT_ERROR)
			no_match(t, l->at);
		either_literal(
			t, l->kind == LIT_ERROR, l->kind == LIT_OK ? t->elem : t->error, l, out);
		return;
	default: no_match(t, l->at);
	}
}

/* ---- binary ---- */

struct reader {
	const uint8_t *p, *end;
	struct loc at;
};

NORETURN static void
bad_binary(const struct reader *r)
{
	raise_error(ERR_INVALID, r->at, "value-literal", "binary value does not match its type");
}

static uint8_t
take_byte(struct reader *r)
{
	if (r->p == r->end)
		bad_binary(r);
	return *r->p++;
}

static const uint8_t *
skip(struct reader *r, uint64_t n)
{
	if ((uint64_t)(r->end - r->p) < n)
		bad_binary(r);
	r->p += n;
	return r->p - n;
}

/* An unsigned or signed LEB128 number of up to `bits` bits; only its length and the unused
 * bits of its last byte matter here. The low 64 bits. */
static uint64_t
take_leb(struct reader *r, unsigned bits, bool sign)
{
	uint64_t value = 0;
	for (unsigned shift = 0; shift < bits; shift += 7) {
		uint8_t b = take_byte(r);
		unsigned left = bits - shift;
		value |= (uint64_t)(b & 0x7f) << shift;
		if (left < 7) {
			uint8_t high = (uint8_t)((b & 0x7f) >> (sign ? left - 1 : left));
			uint8_t ones = (uint8_t)(0x7f >> (sign ? left - 1 : left));
			if (high != 0 && !(sign && high == ones))
				bad_binary(r);
		}
		if (!(b & 0x80))
			return value;
	}
	bad_binary(r);
}

/* The only NaN is the canonical one. */
static void
binary_float(struct reader *r, unsigned size)
{
	const uint8_t *p = skip(r, size);
	uint64_t bits = 0;
	for (unsigned i = 0; i < size; i++)
		bits |= (uint64_t)p[i] << 8 * i;
	uint64_t inf = size == 4 ? 0x7f800000u : 0x7ff0000000000000u;
	uint64_t nan = size == 4 ? 0x7fc00000u : 0x7ff8000000000000u;
	uint64_t sign = size == 4 ? 0x80000000u : 0x8000000000000000u;
	if ((bits & ~sign) > inf && bits != nan)
		bad_binary(r);
}

static void
binary_string(struct reader *r)
{
	uint64_t n = take_leb(r, 32, false);
	if (!utf8_valid(skip(r, n), n))
		bad_binary(r);
}

static void
binary_char(struct reader *r)
{
	uint32_t scalar;
	int n = r->p < r->end ? utf8_decode(r->p, (size_t)(r->end - r->p), &scalar) : 0;
	if (n == 0)
		bad_binary(r);
	r->p += n;
}

static void
binary_prim(struct reader *r, enum comp_val_kind prim)
{
	switch (prim) {
	case VAL_BOOL:
		if (take_byte(r) > 1)
			bad_binary(r);
		break;
	case VAL_S8:
	case VAL_U8: take_byte(r); break;
	case VAL_F32: binary_float(r, 4); break;
	case VAL_F64: binary_float(r, 8); break;
	case VAL_CHAR: binary_char(r); break;
	case VAL_STRING: binary_string(r); break;
	case VAL_ERROR_CONTEXT: bad_binary(r);
	default: take_leb(r, int_bits(prim), is_signed(prim)); break;
	}
}

static void binary(struct reader *r, const struct ctype *t);

/* Which of n cases. */
static uint32_t
binary_case(struct reader *r, uint32_t n)
{
	uint64_t i = take_leb(r, 32, false);
	if (i >= n)
		bad_binary(r);
	return (uint32_t)i;
}

static void
binary_flags(struct reader *r, uint32_t n)
{
	const uint8_t *p = skip(r, (n + 7) / 8);
	if (n % 8 && p[n / 8] >> n % 8)
		bad_binary(r);
}

/* Every element takes at least a byte, so the length of the input bounds the loop. */
static void
binary_elems(struct reader *r, const struct ctype *t)
{
	uint64_t n = take_leb(r, 32, false);
	if (t->kind == CT_FIXED_LIST && n != t->length)
		bad_binary(r);
	for (uint64_t i = 0; i < n; i++)
		binary(r, t->elem);
}

static void
binary_either(struct reader *r, const struct ctype *zero, const struct ctype *one)
{
	uint8_t b = take_byte(r);
	if (b > 1)
		bad_binary(r);
	const struct ctype *payload = b ? one : zero;
	if (payload)
		binary(r, payload);
}

static void
binary(struct reader *r, const struct ctype *t)
{
	switch (t->kind) {
	case CT_PRIM: binary_prim(r, t->prim); return;
	case CT_RECORD:
	case CT_TUPLE:
		for (uint32_t i = 0; i < t->nlabels; i++)
			binary(r, t->labels[i].type);
		return;
	case CT_LIST:
	case CT_FIXED_LIST: binary_elems(r, t); return;
	case CT_ENUM: binary_case(r, t->nlabels); return;
	case CT_VARIANT: {
		const struct ctype *payload = t->labels[binary_case(r, t->nlabels)].type;
		if (payload)
			binary(r, payload);
		return;
	}
	case CT_FLAGS: binary_flags(r, t->nlabels); return;
	case CT_OPTION: binary_either(r, NULL, t->elem); return;
	case CT_RESULT: binary_either(r, t->elem, t->error); return;
	default: bad_binary(r);
	}
}

void
valid_literal(const struct ctype *t, const struct comp_literal *l, struct strbuf *out)
{
	if (l->kind != LIT_BINARY) {
		literal(t, l, out);
		return;
	}
	const uint8_t *p = (const uint8_t *)l->text.ptr;
	struct reader r = {p, p + l->text.len, l->at};
	binary(&r, t);
	if (r.p != r.end)
		bad_binary(&r);
}
