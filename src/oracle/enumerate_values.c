/* enumerate_values.c - see enumerate.h. */
#include "oracle/enumerate.h"

struct values {
	struct arena *arena;
	struct enumerate_source from;
	const struct enumerate_handles *handles;
	bool every; /* case and flag: else of many the first and the last */
};

static Values of(const struct values *g, ValType *t, uint32_t size);

static void
add(const struct values *g, Values *out, Value v)
{
	vec_push(g->arena, out, v);
}

/* ---- leaves ---- */

static void
integers(const struct values *g, Values *out, unsigned bits, bool is_signed)
{
	num half = (num)1 << (bits - 1);
	num edges[] = {0, 1, half - 1, is_signed ? -half : half, is_signed ? -1 : 2 * half - 1};
	for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
		add(g, out, (Value){.i = edges[i]});
}

/* Zeros, one, the smallest, infinity, and NaNs: canonical, as values are after lifting. */
static void
floats(const struct values *g, Values *out, bool wide)
{
	static const uint64_t f32s[] = {0, 0x80000000, 0x3f800000, 1, 0x7f800000, 0x7fc00000};
	static const uint64_t f64s[] = {0, UINT64_C(1) << 63, UINT64_C(0x3ff0000000000000), 1,
		UINT64_C(0x7ff0000000000000), UINT64_C(0x7ff8000000000000)};
	for (int i = 0; i < 6; i++)
		add(g, out, (Value){.f = wide ? f64s[i] : f32s[i]});
}

static const uint32_t points[] = {
	0, 0x7f, 0x80, 0xff, 0x100, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};

#define NPOINTS (sizeof points / sizeof *points)

/* The hint that the definitions keep beside a string: as many code units as it was lifted from. */
static num
code_units(const struct values *g, const uint32_t *s, uint32_t n)
{
	num utf8_len = 0, utf16_len = 0;
	bool narrow = true;
	for (uint32_t i = 0; i < n; i++) {
		utf8_len += 1 + (s[i] >= 0x80) + (s[i] >= 0x800) + (s[i] >= 0x10000);
		utf16_len += 1 + (s[i] >= 0x10000);
		narrow = narrow && s[i] < 0x100;
	}
	if (g->from.encoding == utf8)
		return utf8_len;
	if (g->from.encoding == utf16)
		return utf16_len;
	return narrow ? (num)n : utf16_len | utf16_tag(g->from.addrtype);
}

/* In the form that lifting gives a string: ASCII in bytes, but for UTF-16. */
static void
string(const struct values *g, Values *out, const uint32_t *s, uint32_t n)
{
	String *made = arena_new_of(g->arena, String);
	uint32_t *copy = arena_array_of(g->arena, n + 1, uint32_t);
	uint8_t *bytes = arena_alloc(g->arena, n + 1);
	bool ascii = g->from.encoding != utf16;
	for (uint32_t i = 0; i < n; i++) {
		copy[i] = s[i];
		bytes[i] = (uint8_t)s[i];
		ascii = ascii && s[i] < 0x80;
	}
	*made = (String){.len = n, .encoding = g->from.encoding};
	made->s = ascii ? NULL : copy;
	made->ascii = ascii ? bytes : NULL;
	made->tagged_code_units = code_units(g, s, n);
	add(g, out, (Value){.s = made});
}

/* None, one code point of each kind, and each of them behind and before a letter. */
static void
strings(const struct values *g, Values *out)
{
	string(g, out, NULL, 0);
	for (size_t i = 0; i < NPOINTS; i++) {
		string(g, out, &points[i], 1);
		string(g, out, (uint32_t[]){'a', points[i]}, 2);
		string(g, out, (uint32_t[]){points[i], 'a'}, 2);
	}
}

static void
flags(const struct values *g, Values *out, uint32_t n)
{
	uint32_t all = n == 32 ? UINT32_MAX : (1u << n) - 1;
	add(g, out, (Value){.flags = 0});
	add(g, out, (Value){.flags = all});
	for (uint32_t i = 0; n > 1 && i < n; i++)
		if (g->every || i == 0 || i + 1 == n)
			add(g, out, (Value){.flags = 1u << i});
}

static void
leaf(const struct values *g, Values *out, const ValType *t)
{
	switch (t->kind) {
	case BoolType:
		add(g, out, (Value){.b = false});
		add(g, out, (Value){.b = true});
		break;
	case S8Type: integers(g, out, 8, true); break;
	case U8Type: integers(g, out, 8, false); break;
	case S16Type: integers(g, out, 16, true); break;
	case U16Type: integers(g, out, 16, false); break;
	case S32Type: integers(g, out, 32, true); break;
	case U32Type: integers(g, out, 32, false); break;
	case S64Type: integers(g, out, 64, true); break;
	case U64Type: integers(g, out, 64, false); break;
	case F32Type: floats(g, out, false); break;
	case F64Type: floats(g, out, true); break;
	case CharType:
		for (size_t i = 0; i < NPOINTS; i++)
			add(g, out, (Value){.c = points[i]});
		break;
	case StringType: strings(g, out); break;
	case FlagsType: flags(g, out, t->labels.len); break;
	case OwnType:
	case BorrowType: add(g, out, (Value){.rep = 7}); break;
	case ErrorContextType: add(g, out, (Value){.shared = g->handles->error_context}); break;
	case StreamType: add(g, out, (Value){.shared = g->handles->stream}); break;
	case FutureType: add(g, out, (Value){.shared = g->handles->future}); break;
	default: internal_error("enumerate: no leaf");
	}
}

/* ---- compound values ---- */

/* What stands at a place of a sequence: the i-th type, or null behind the last one. */
struct places {
	ValType *elem;     /* every place has this type, or */
	FieldTypes fields; /* each its own */
	bool any_length;
	uint32_t length;
};

static ValType *
type_at(const struct places *p, uint32_t i)
{
	if (!p->any_length && i == p->length)
		return NULL;
	return p->elem ? p->elem : p->fields.data[i].t;
}

/* Appends the sequences that start with `done`, and whose rest has just this size. */
static void
sequences(const struct values *g, Values *out, const struct places *p, Values done, uint32_t size)
{
	ValType *t = type_at(p, done.len);
	if (!t || !size) {
		bool whole = !size && (!t || p->any_length);
		if (whole)
			add(g, out, (Value){.list = done});
		return;
	}
	for (uint32_t first = 1; first <= size; first++) {
		Values vs = of(g, t, first);
		for (uint32_t i = 0; i < vs.len; i++) {
			Values more = {0};
			for (uint32_t k = 0; k < done.len; k++)
				add(g, &more, done.data[k]);
			add(g, &more, vs.data[i]);
			sequences(g, out, p, more, size - first);
		}
	}
}

/* In the form that lifting gives a list of integers: as they lie in memory. */
static Values
pack(const struct values *g, Values vs, size_t width)
{
	uint8_t *bytes = arena_alloc(g->arena, vs.len * width);
	for (uint32_t i = 0; i < vs.len; i++)
		for (size_t k = 0; k < width; k++)
			bytes[i * width + k] = (uint8_t)((uint64_t)vs.data[i].i >> 8 * k);
	return (Values){(Value *)(void *)bytes, vs.len, VALUES_PACKED};
}

static void
list(const struct values *g, Values *out, const ValType *t, uint32_t size)
{
	struct places p = {.elem = t->t, .any_length = !t->l, .length = t->l ? *t->l : 0};
	bool integers = t->t->kind >= S8Type && t->t->kind <= U64Type;
	sequences(g, out, &p, (Values){0}, t->l ? size : size - 1);
	for (uint32_t i = 0; integers && i < out->len; i++)
		if (out->data[i].list.len)
			out->data[i].list =
				pack(g, out->data[i].list, (size_t)elem_size(t->t, i32));
}

static void
variant(const struct values *g, Values *out, const ValType *t, uint32_t size)
{
	for (uint32_t c = 0; c < t->cases.len; c++) {
		ValType *payload = t->cases.data[c].t;
		bool edge = g->every || t->cases.len <= 3 || c == 0 || c + 1 == t->cases.len;
		if (!payload && size == 1 && edge)
			add(g, out, (Value){.variant = {NULL, c}});
		Values vs = payload ? of(g, payload, size) : (Values){0};
		for (uint32_t i = 0; i < vs.len; i++)
			add(g, out, (Value){.variant = {&vs.data[i], c}});
	}
}

static Values
of(const struct values *g, ValType *t, uint32_t size)
{
	Values out = {0};
	t = despecialize(t);
	switch (t->kind) {
	case ListType: list(g, &out, t, size); break;
	case RecordType: {
		struct places p = {.fields = t->fields, .length = t->fields.len};
		sequences(g, &out, &p, (Values){0}, size);
		break;
	}
	case VariantType: variant(g, &out, t, size); break;
	default:
		if (size == 1)
			leaf(g, &out, t);
		break;
	}
	return out;
}

Values
enumerate_values(struct arena *a, ValType *t, uint32_t size, struct enumerate_source from,
	const struct enumerate_handles *handles)
{
	bool alone = t->kind == EnumType || t->kind == FlagsType;
	struct values g = {a, from, handles, alone};
	return of(&g, t, size);
}
