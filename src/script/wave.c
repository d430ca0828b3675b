/* wave.c - see wave.h. By recursive descent over the type and the text at once. */
#include "script/wave.h"

#include "base/error.h"
#include "base/fiber.h"
#include "base/utf8.h"
#include "link/types.h"
#include "script/wave_string.h"
#include "script/wave_token.h"
#include "text/number.h"

static struct link_value read_value(struct wave *w, const ValType *t);

/* ---- types in messages, and sequences ---- */

static const char *
type_name(const struct wave *w, const ValType *t)
{
	struct strbuf b = {.arena = w->arena};
	valtype_print(&b, t);
	return b.len > 120 ? arena_printf(w->arena, "%.117s...", strbuf_cstr(&b)) : strbuf_cstr(&b);
}

NORETURN static void
expected_type(const struct wave *w, const ValType *t)
{
	wave_expected(w, arena_printf(w->arena, "a value of type %s", type_name(w, t)));
}

/* In a sequence up to a closing character: true while another item follows. Commas stand between
 * items, and may stand after the last. */
static bool
take_item(struct wave *w, uint32_t n, char close)
{
	if (wave_take(w, close))
		return false;
	if (!n)
		return true;
	if (!wave_take(w, ','))
		wave_expected(w, arena_printf(w->arena, "`,` or `%c`", close));
	return !wave_take(w, close);
}

bool
wave_is_keyword(struct str label)
{
	static const char *const keywords[] = {
		"true", "false", "inf", "nan", "some", "none", "ok", "err"};
	for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
		if (str_is(label, keywords[i]))
			return true;
	return false;
}

static struct str
label_of(struct str word)
{
	bool marked = word.len && *word.ptr == '%';
	return (struct str){word.ptr + marked, word.len - marked};
}

/* ---- scalars ---- */

/* One row for each type of numbers, core types with them. */
struct number_type {
	const char *name;
	bool is_float, is_signed;
	bool is_either; /* signed or not, as long as it fits the bits */
	unsigned bits;
	enum link_value_kind kind; /* of the value, where it is one of a component */
};

static const struct number_type numbers[] = {
	[S8Type] = {"s8", false, true, false, 8, LV_S8},
	[U8Type] = {"u8", false, false, false, 8, LV_U8},
	[S16Type] = {"s16", false, true, false, 16, LV_S16},
	[U16Type] = {"u16", false, false, false, 16, LV_U16},
	[S32Type] = {"s32", false, true, false, 32, LV_S32},
	[U32Type] = {"u32", false, false, false, 32, LV_U32},
	[S64Type] = {"s64", false, true, false, 64, LV_S64},
	[U64Type] = {"u64", false, false, false, 64, LV_U64},
	[F32Type] = {"f32", true, true, false, 32, LV_F32},
	[F64Type] = {"f64", true, true, false, 64, LV_F64},
};

static const struct number_type core_numbers[] = {
	[CORE_KIND_I32] = {"i32", false, true, true, 32, LV_S32},
	[CORE_KIND_I64] = {"i64", false, true, true, 64, LV_S64},
	[CORE_KIND_F32] = {"f32", true, true, false, 32, LV_F32},
	[CORE_KIND_F64] = {"f64", true, true, false, 64, LV_F64},
};

static enum number_result
convert(struct str s, const struct number_type *t, uint64_t *bits)
{
	uint32_t half = 0;
	enum number_result r;
	if (t->is_either)
		return number_int(s, t->bits, bits);
	if (!t->is_float)
		return t->is_signed ? number_signed(s, t->bits, bits)
				    : number_unsigned(s, t->bits, bits);
	if (t->bits == 64)
		return number_f64(s, bits);
	r = number_f32(s, &half);
	*bits = half;
	return r;
}

static uint64_t
read_number(struct wave *w, const struct number_type *t)
{
	bool whole;
	uint64_t bits = 0;
	struct str s = wave_number(w, &whole);
	if (!s.len || (!whole && !t->is_float))
		wave_expected(w, arena_printf(w->arena, "a number of type %s", t->name));
	enum number_result r = convert(s, t, &bits);
	if (r != NUMBER_OK && !(t->is_float && r == NUMBER_RANGE))
		raise_error(ERR_SCRIPT, wave_place(w, w->pos), "wave",
			"expected a number of type %s, and %.40s%s does not fit", t->name,
			str_cstr(w->arena, s), s.len > 40 ? "..." : "");
	w->pos += s.len;
	return bits;
}

static struct link_value
read_bool(struct wave *w)
{
	bool is_true = wave_take_word(w, "true");
	if (!is_true && !wave_take_word(w, "false"))
		wave_expected(w, "true or false");
	return (struct link_value){.kind = LV_BOOL, .bits = is_true};
}

static struct link_value
read_string(struct wave *w)
{
	if (wave_peek(w, 0) != '"')
		wave_expected(w, "a string in quotes");
	return (struct link_value){.kind = LV_STRING, .text = wave_string(w)};
}

static struct link_value
read_char(struct wave *w)
{
	if (wave_peek(w, 0) != '\'')
		wave_expected(w, "a character in single quotes");
	return (struct link_value){.kind = LV_CHAR, .bits = wave_char(w)};
}

/* ---- sequences ---- */

typedef VEC(struct link_value) Items;

static struct link_value
group(enum link_value_kind kind, const Items *items)
{
	return (struct link_value){.kind = kind, .items = items->data, .nitems = items->len};
}

static struct link_value
read_list(struct wave *w, const ValType *t)
{
	Items items = {0};
	if (!wave_take(w, '['))
		expected_type(w, t);
	while (take_item(w, items.len, ']')) {
		if (t->l && items.len == *t->l)
			wave_expected(w, arena_printf(w->arena, "`]` after %u elements", *t->l));
		vec_push(w->arena, &items, read_value(w, t->t));
	}
	if (t->l && items.len != *t->l) {
		w->pos--;
		wave_expected(w, arena_printf(w->arena, "%u elements", *t->l));
	}
	return group(LV_LIST, &items);
}

static struct link_value
read_tuple(struct wave *w, const ValType *t)
{
	Items items = {0};
	if (!wave_take(w, '('))
		expected_type(w, t);
	for (uint32_t i = 0; i < t->ts.len; i++) {
		if (i)
			wave_need(w, ',');
		vec_push(w->arena, &items, read_value(w, t->ts.data[i]));
	}
	wave_take(w, ',');
	wave_need(w, ')');
	return group(LV_TUPLE, &items);
}

static struct link_value
read_map(struct wave *w, const ValType *t)
{
	Items items = {0};
	if (!wave_take(w, '{'))
		expected_type(w, t);
	if (wave_take(w, ':'))
		wave_need(w, '}');
	else
		while (take_item(w, items.len, '}')) {
			Items pair = {0};
			vec_push(w->arena, &pair, read_value(w, t->k));
			wave_need(w, ':');
			vec_push(w->arena, &pair, read_value(w, t->v));
			vec_push(w->arena, &items, group(LV_TUPLE, &pair));
		}
	return group(LV_MAP, &items);
}

/* ---- labels ---- */

static uint32_t
find_field(struct str label, const ValType *t)
{
	uint32_t i = 0;
	while (i < t->fields.len && !str_is(label, t->fields.data[i].label))
		i++;
	return i;
}

static void
read_field(struct wave *w, const ValType *t, struct link_value *fields)
{
	struct str word = wave_word(w), label = label_of(word);
	uint32_t i = find_field(label, t);
	if (i == t->fields.len)
		wave_expected(w, arena_printf(w->arena, "a field of %s", type_name(w, t)));
	if (fields[i].label.len)
		wave_expected(w, arena_printf(w->arena, "a field that was not given yet"));
	w->pos += word.len;
	wave_need(w, ':');
	fields[i] = read_value(w, t->fields.data[i].t);
	fields[i].label = label;
}

/* After the fields, at the closing brace. */
static void
fill_record(struct wave *w, const ValType *t, struct link_value *fields)
{
	for (uint32_t i = 0; i < t->fields.len; i++) {
		struct str label = str_of(t->fields.data[i].label);
		if (fields[i].label.len)
			continue;
		if (t->fields.data[i].t->kind != OptionType)
			wave_expected(
				w, arena_printf(w->arena, "the field " STR_FMT, STR_ARG(label)));
		fields[i] = (struct link_value){.kind = LV_OPTION, .label = label};
	}
}

/* Fields that are options may be left out; where none is left, a colon stands for them. */
static struct link_value
read_record(struct wave *w, const ValType *t)
{
	struct link_value *fields = arena_array_of(w->arena, t->fields.len, struct link_value);
	uint32_t n = 0;
	if (!wave_take(w, '{'))
		expected_type(w, t);
	if (!wave_take(w, ':')) {
		while (n == 0 || wave_take(w, ',')) {
			wave_skip_space(w);
			if (n++ && wave_peek(w, 0) == '}')
				break;
			read_field(w, t, fields);
		}
	}
	wave_skip_space(w);
	if (wave_peek(w, 0) != '}')
		wave_expected(w, n ? "`,` or `}`" : "`}`");
	fill_record(w, t, fields);
	wave_need(w, '}');
	return (struct link_value){.kind = LV_RECORD, .items = fields, .nitems = t->fields.len};
}

static struct link_value
read_flags(struct wave *w, const ValType *t)
{
	Items items = {0};
	uint32_t given = 0;
	if (!wave_take(w, '{'))
		expected_type(w, t);
	while (take_item(w, items.len, '}')) {
		struct str word = wave_word(w), label = label_of(word);
		uint32_t i = 0;
		while (i < t->labels.len && !str_is(label, t->labels.data[i]))
			i++;
		if (i == t->labels.len)
			wave_expected(w, arena_printf(w->arena, "a flag of %s", type_name(w, t)));
		if (given >> i & 1)
			wave_expected(w, "a flag that was not given yet");
		given |= UINT32_C(1) << i;
		w->pos += word.len;
		vec_push(w->arena, &items, ((struct link_value){.kind = LV_STRING, .text = label}));
	}
	return group(LV_FLAGS, &items);
}

/* The label of a case: a keyword needs a % before it. */
static struct str
read_case(struct wave *w, const ValType *t)
{
	struct str word = wave_word(w);
	if (!word.len)
		expected_type(w, t);
	if (wave_is_keyword(word))
		wave_expected(w,
			arena_printf(w->arena, "a case of %s, where keywords need a %% before them",
				type_name(w, t)));
	return word;
}

static struct link_value
read_enum(struct wave *w, const ValType *t)
{
	struct str word = read_case(w, t), label = label_of(word);
	for (uint32_t i = 0; i < t->labels.len; i++)
		if (str_is(label, t->labels.data[i])) {
			w->pos += word.len;
			return (struct link_value){.kind = LV_ENUM, .text = label};
		}
	wave_expected(w, arena_printf(w->arena, "a case of %s", type_name(w, t)));
}

/* The payload in parentheses, which is there exactly where it has a type. */
static struct link_value
read_payload(struct wave *w, const ValType *t, struct link_value head)
{
	if (!t)
		return head;
	head.items = arena_new_of(w->arena, struct link_value);
	head.nitems = 1;
	if (!wave_take(w, '('))
		wave_expected(
			w, arena_printf(w->arena, "`(` and a value of type %s", type_name(w, t)));
	head.items[0] = read_value(w, t);
	wave_need(w, ')');
	return head;
}

static struct link_value
read_variant(struct wave *w, const ValType *t)
{
	struct str word = read_case(w, t), label = label_of(word);
	for (uint32_t i = 0; i < t->cases.len; i++)
		if (str_is(label, t->cases.data[i].label)) {
			w->pos += word.len;
			struct link_value head = {.kind = LV_VARIANT, .text = label};
			return read_payload(w, t->cases.data[i].t, head);
		}
	wave_expected(w, arena_printf(w->arena, "a case of %s", type_name(w, t)));
}

/* The payload without its case: not where that could be taken for one of its own. */
static struct link_value
read_flat(struct wave *w, const ValType *t, const ValType *payload, enum link_value_kind kind)
{
	Items items = {0};
	if (!payload || payload->kind == OptionType || payload->kind == ResultType)
		expected_type(w, t);
	vec_push(w->arena, &items, read_value(w, payload));
	return group(kind, &items);
}

static struct link_value
read_option(struct wave *w, const ValType *t)
{
	struct link_value head = {.kind = LV_OPTION};
	if (wave_take_word(w, "none"))
		return head;
	if (wave_take_word(w, "some"))
		return read_payload(w, t->t, head);
	return read_flat(w, t, t->t, LV_OPTION);
}

static struct link_value
read_result(struct wave *w, const ValType *t)
{
	struct link_value head = {.kind = LV_RESULT};
	if (wave_take_word(w, "ok"))
		return read_payload(w, t->ok, head);
	head.bits = 1;
	if (wave_take_word(w, "err"))
		return read_payload(w, t->error, head);
	return read_flat(w, t, t->ok, LV_RESULT);
}

/* ---- values ---- */

static struct link_value
read_value(struct wave *w, const ValType *t)
{
	need_stack(wave_place(w, w->pos), "values");
	wave_skip_space(w);
	switch (t->kind) {
	case BoolType: return read_bool(w);
	case CharType: return read_char(w);
	case StringType: return read_string(w);
	case ListType: return read_list(w, t);
	case TupleType: return read_tuple(w, t);
	case MapType: return read_map(w, t);
	case RecordType: return read_record(w, t);
	case FlagsType: return read_flags(w, t);
	case EnumType: return read_enum(w, t);
	case VariantType: return read_variant(w, t);
	case OptionType: return read_option(w, t);
	case ResultType: return read_result(w, t);
	case OwnType:
	case BorrowType:
	case StreamType:
	case FutureType:
	case ErrorContextType:
		raise_error(ERR_SCRIPT, wave_place(w, w->pos), "wave",
			"a value of type %s has no form in WAVE, so it cannot be given",
			type_name(w, t));
	default:
		return (struct link_value){
			.kind = numbers[t->kind].kind, .bits = read_number(w, &numbers[t->kind])};
	}
}

struct link_value
wave_value(struct wave *w, const ValType *t)
{
	struct link_value v = read_value(w, t);
	wave_need_end(w);
	return v;
}

/* ---- calls ---- */

struct wave
wave_open(struct arena *a, const struct source *src)
{
	uint32_t scalar;
	for (size_t i = 0, n; i < src->len; i += n) {
		n = (size_t)utf8_decode(src->text + i, src->len - i, &scalar);
		if (!n)
			raise_error(ERR_SCRIPT, (struct loc){src, (uint32_t)i}, "wave",
				"the text is not UTF-8");
	}
	return (struct wave){a, src, 0};
}

struct str
wave_name(struct wave *w, bool *is_call)
{
	struct str name;
	wave_skip_space(w);
	if (wave_peek(w, 0) == '"') {
		name = wave_string(w);
		wave_skip_space(w);
	} else {
		size_t start = w->pos, end = start;
		for (; wave_left(w) && wave_peek(w, 0) != '('; w->pos++)
			if (!memchr(" \t\r\n", wave_peek(w, 0), 4))
				end = w->pos + 1;
		name = (struct str){w->src->text + start, end - start};
		if (!name.len)
			wave_expected(w, "the name of a function");
	}
	*is_call = wave_left(w);
	return name;
}

/* Before an argument, with how many parameters there are. */
static void
need_room(const struct wave *w, uint32_t i, uint32_t n)
{
	if (i == n)
		wave_expected(w,
			n ? arena_printf(w->arena, "`)` after %u argument%s", n, n > 1 ? "s" : "")
			  : "`)`, as there are no parameters");
}

struct link_value *
wave_args(struct wave *w, const FuncType *type)
{
	uint32_t n = type->params.len, i = 0;
	struct link_value *args = arena_array_of(w->arena, n, struct link_value);
	wave_need(w, '(');
	for (; take_item(w, i, ')'); i++) {
		need_room(w, i, n);
		args[i] = read_value(w, type->params.data[i].t);
	}
	w->pos--;
	for (; i < n; i++) {
		const ParamType *p = &type->params.data[i];
		if (p->t->kind != OptionType)
			wave_expected(w, arena_printf(w->arena, "the argument %s of type %s",
						 p->label, type_name(w, p->t)));
		args[i] = (struct link_value){.kind = LV_OPTION};
	}
	w->pos++;
	wave_need_end(w);
	return args;
}

union core_raw *
wave_core_args(struct wave *w, const struct core_functype *type)
{
	uint32_t n = type->nparams, i = 0;
	union core_raw *args = arena_array_of(w->arena, n, union core_raw);
	wave_need(w, '(');
	for (; take_item(w, i, ')'); i++) {
		need_room(w, i, n);
		uint8_t kind = type->params[i].kind;
		if (kind > CORE_KIND_F64)
			raise_error(ERR_SCRIPT, wave_place(w, w->pos), "wave",
				"a value of type %s has no form in WAVE, so it cannot be given",
				core_valtype_name(type->params[i]));
		args[i].i64 = read_number(w, &core_numbers[kind]);
	}
	w->pos--;
	if (i < n)
		wave_expected(w, arena_printf(w->arena, "an argument of type %s",
					 core_valtype_name(type->params[i])));
	w->pos++;
	wave_need_end(w);
	return args;
}
