/* ast.c - helpers of the core AST: types, their names, the table of instructions. */
#include "core/ast.h"

#include <stdio.h>

const struct core_op_info core_ops[CORE_OP_COUNT] = {
#define OP(NAME, text, opcode, imm, sig) {text, opcode, CORE_IMM_##imm, sig},
#include "core/ops.def"
};

/* Numbers of instructions, and 1, where their text's hash leads to; made once for all modules. */
static uint16_t op_slots[2048];

static uint16_t *
op_slot(struct str text)
{
	size_t mask = sizeof op_slots / sizeof *op_slots - 1, at = str_hash(text) & mask;
	while (op_slots[at] && !str_is(text, core_ops[op_slots[at] - 1].text))
		at = (at + 1) & mask;
	return &op_slots[at];
}

bool
core_op_by_text(struct str text, enum core_op *op)
{
	static bool made;
	_Static_assert(CORE_OP_COUNT < 2048 / 2, "half of the slots stay empty");
	for (uint16_t k = 0; !made && k < CORE_OP_COUNT; k++) {
		uint16_t *slot = op_slot(str_of(core_ops[k].text));
		if (!*slot)
			*slot = k + 1;
	}
	made = true;
	uint16_t found = *op_slot(text);
	if (found)
		*op = (enum core_op)(found - 1);
	return found != 0;
}

static const char *const heap_names[] = {
	[CORE_HEAP_FUNC] = "func",
	[CORE_HEAP_EXTERN] = "extern",
	[CORE_HEAP_ANY] = "any",
	[CORE_HEAP_EQ] = "eq",
	[CORE_HEAP_I31] = "i31",
	[CORE_HEAP_STRUCT] = "struct",
	[CORE_HEAP_ARRAY] = "array",
	[CORE_HEAP_EXN] = "exn",
	[CORE_HEAP_NONE] = "none",
	[CORE_HEAP_NOFUNC] = "nofunc",
	[CORE_HEAP_NOEXTERN] = "noextern",
	[CORE_HEAP_NOEXN] = "noexn",
	[CORE_HEAP_BOTTOM] = "bottom",
};

const char *
core_heap_name(enum core_heap heap)
{
	return heap < CORE_HEAP_INDEX ? heap_names[heap] : NULL;
}

bool
core_valtype_equal(struct core_valtype a, struct core_valtype b)
{
	if (a.kind != b.kind)
		return false;
	if (a.kind != CORE_KIND_REF)
		return true;
	return a.heap == b.heap && a.nullable == b.nullable &&
	       (a.heap != CORE_HEAP_INDEX || a.index == b.index);
}

struct core_valtype
core_address_type(const struct core_limits *l)
{
	return l->is_64 ? CORE_I64 : CORE_I32;
}

bool
core_valtype_is_number(struct core_valtype t)
{
	return t.kind >= CORE_KIND_I32 && t.kind <= CORE_KIND_V128;
}

bool
core_valtype_is_ref(struct core_valtype t)
{
	return t.kind == CORE_KIND_REF;
}

uint32_t
core_valtypes_slots(const struct core_valtype *types, uint32_t n)
{
	uint32_t slots = 0;
	for (uint32_t i = 0; i < n; i++)
		slots += core_valtype_slots(types[i]);
	return slots;
}

bool
core_valtype_has_default(struct core_valtype t)
{
	return t.kind != CORE_KIND_REF || t.nullable;
}

/* nullref is short for (ref null none), nullfuncref for (ref null nofunc), and so on. */
static const char *
short_name(enum core_heap heap)
{
	switch (heap) {
	case CORE_HEAP_NONE: return "null";
	case CORE_HEAP_NOFUNC: return "nullfunc";
	case CORE_HEAP_NOEXTERN: return "nullextern";
	case CORE_HEAP_NOEXN: return "nullexn";
	default: return heap_names[heap];
	}
}

const char *
core_valtype_name(struct core_valtype t)
{
	static const char *const names[] = {"no type", "i32", "i64", "f32", "f64",
		"v128", [CORE_KIND_I8] = "i8", [CORE_KIND_I16] = "i16"};
	static char bufs[4][32];
	static unsigned next;
	if (t.kind != CORE_KIND_REF)
		return names[t.kind];
	char *buf = bufs[next++ % 4];
	const char *null = t.nullable ? "null " : "";
	if (t.heap == CORE_HEAP_INDEX)
		snprintf(buf, sizeof bufs[0], "(ref %s%u)", null, t.index);
	else if (t.nullable)
		snprintf(buf, sizeof bufs[0], "%sref", short_name((enum core_heap)t.heap));
	else
		snprintf(buf, sizeof bufs[0], "(ref %s)", heap_names[t.heap]);
	return buf;
}

static bool
lists_equal(const struct core_valtype *a, uint32_t na, const struct core_valtype *b, uint32_t nb)
{
	for (uint32_t i = 0; i < na && i < nb; i++) {
		if (!core_valtype_equal(a[i], b[i]))
			return false;
	}
	return na == nb;
}

bool
core_functype_equal(const struct core_functype *a, const struct core_functype *b)
{
	return lists_equal(a->params, a->nparams, b->params, b->nparams) &&
	       lists_equal(a->results, a->nresults, b->results, b->nresults);
}

static void
print_types(struct strbuf *out, const char *what, const struct core_valtype *ts, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		strbuf_printf(out, "%s%s", i ? " " : what, core_valtype_name(ts[i]));
	if (n)
		strbuf_addc(out, ')');
}

void
core_functype_print(struct strbuf *out, const struct core_functype *t)
{
	print_types(out, "(param ", t->params, t->nparams);
	if (t->nparams && t->nresults)
		strbuf_addc(out, ' ');
	print_types(out, "(result ", t->results, t->nresults);
}

const char *
core_sort_name(enum core_sort sort)
{
	static const char *const names[] = {"func", "table", "memory", "global", "tag"};
	return names[sort];
}

const struct core_functype *
core_module_functype(const struct core_module *m, uint32_t index)
{
	if (index >= m->types.len || m->types.data[index].kind != CORE_COMP_FUNC)
		return NULL;
	return &m->types.data[index].func;
}

bool
core_catch_has_tag(enum core_catch_kind kind)
{
	return kind == CORE_CATCH || kind == CORE_CATCH_REF;
}

bool
core_catch_has_ref(enum core_catch_kind kind)
{
	return kind == CORE_CATCH_REF || kind == CORE_CATCH_ALL_REF;
}

uint8_t
core_heap_byte(enum core_heap heap)
{
	static const uint8_t bytes[] = {
		[CORE_HEAP_FUNC] = 0x70,
		[CORE_HEAP_EXTERN] = 0x6f,
		[CORE_HEAP_ANY] = 0x6e,
		[CORE_HEAP_EQ] = 0x6d,
		[CORE_HEAP_I31] = 0x6c,
		[CORE_HEAP_STRUCT] = 0x6b,
		[CORE_HEAP_ARRAY] = 0x6a,
		[CORE_HEAP_EXN] = 0x69,
		[CORE_HEAP_NONE] = 0x71,
		[CORE_HEAP_NOFUNC] = 0x73,
		[CORE_HEAP_NOEXTERN] = 0x72,
		[CORE_HEAP_NOEXN] = 0x74,
	};
	return bytes[heap];
}

const uint8_t core_section_order[CORE_SECTION_COUNT] = {CORE_SECTION_TYPE, CORE_SECTION_IMPORT,
	CORE_SECTION_FUNC, CORE_SECTION_TABLE, CORE_SECTION_MEMORY, CORE_SECTION_TAG,
	CORE_SECTION_GLOBAL, CORE_SECTION_EXPORT, CORE_SECTION_START, CORE_SECTION_ELEM,
	CORE_SECTION_DATA_COUNT, CORE_SECTION_CODE, CORE_SECTION_DATA};

/* Imports come first. */
#define HAS_DEFINED(v) (m->v.len && !vec_last(&m->v).imported)

bool
core_module_has_section(const struct core_module *m, enum core_section section)
{
	switch (section) {
	case CORE_SECTION_TYPE: return m->types.len || m->rec_starts.len;
	case CORE_SECTION_IMPORT: return m->imports.len;
	case CORE_SECTION_FUNC:
	case CORE_SECTION_CODE: return HAS_DEFINED(funcs);
	case CORE_SECTION_TABLE: return HAS_DEFINED(tables);
	case CORE_SECTION_MEMORY: return HAS_DEFINED(mems);
	case CORE_SECTION_TAG: return HAS_DEFINED(tags);
	case CORE_SECTION_GLOBAL: return HAS_DEFINED(globals);
	case CORE_SECTION_EXPORT: return m->exports.len;
	case CORE_SECTION_START: return m->has_start;
	case CORE_SECTION_ELEM: return m->elems.len;
	case CORE_SECTION_DATA_COUNT: return m->has_data_count;
	case CORE_SECTION_DATA: return m->datas.len;
	default: return false;
	}
}

enum core_section
core_section_before(enum core_section section)
{
	unsigned i = 0;
	while (core_section_order[i] && core_section_order[i] != section)
		i++;
	return i && section ? (enum core_section)core_section_order[i - 1] : CORE_SECTION_CUSTOM;
}

/* Custom sections with the same place in the binary, in the order in which they have to come. */
static uint32_t
custom_rank(const struct core_custom *c)
{
	uint32_t rank = 0;
	for (int s = 0; c->place && core_section_order[s]; s++)
		if (core_section_order[s] == c->place)
			rank = (uint32_t)s + 1;
	return rank * CORE_CUSTOM_ORDERS + c->order;
}

/* Stable: those with the same rank stay as they are. */
static void
sort_customs(struct arena *a, struct core_module *m)
{
	uint32_t next[CORE_SECTION_COUNT * CORE_CUSTOM_ORDERS + 1] = {0};
	struct core_custom *sorted = arena_array_of(a, m->customs.len, struct core_custom);
	for (uint32_t i = 0; i < m->customs.len; i++)
		next[custom_rank(&m->customs.data[i]) + 1]++;
	for (uint32_t i = 1; i < CORE_SECTION_COUNT * CORE_CUSTOM_ORDERS; i++)
		next[i] += next[i - 1];
	for (uint32_t i = 0; i < m->customs.len; i++)
		sorted[next[custom_rank(&m->customs.data[i])]++] = m->customs.data[i];
	m->customs.data = sorted;
	m->customs.cap = m->customs.len;
}

void
core_module_place_customs(struct arena *a, struct core_module *m)
{
	for (uint32_t i = 0; i < m->customs.len; i++) {
		enum core_section place = (enum core_section)m->customs.data[i].place;
		while (place && !core_module_has_section(m, place))
			place = core_section_before(place);
		m->customs.data[i].place = (uint8_t)place;
	}
	sort_customs(a, m);
}

bool
core_op_opens(enum core_op op)
{
	return core_ops[op].imm == CORE_IMM_BLOCK || core_ops[op].imm == CORE_IMM_TRY;
}

uint8_t
core_opcode_prefix(uint32_t opcode)
{
	return (uint8_t)(opcode > 0xffff ? opcode >> 16 : opcode >> 8);
}

uint32_t
core_opcode_number(uint32_t opcode)
{
	return opcode & (opcode > 0xffff ? 0xffff : 0xff);
}

void
core_instr_bytes(const struct core_instr *i, uint8_t bytes[16])
{
	memcpy(bytes, &i->index, 4);
	memcpy(bytes + 4, &i->index2, 4);
	memcpy(bytes + 8, &i->bits, 8);
}

void
core_instr_set_bytes(struct core_instr *i, const uint8_t bytes[16])
{
	memcpy(&i->index, bytes, 4);
	memcpy(&i->index2, bytes + 4, 4);
	memcpy(&i->bits, bytes + 8, 8);
}

/* The instruction's name says how many: bits, or lanes of bits that are eight bytes together. */
uint32_t
core_natural_align(enum core_op op)
{
	const char *text = core_ops[op].text;
	const char *dot = strchr(text, '.');
	const char *width = dot + (strstr(dot, "load") ? 5 : 6); /* behind .load or .store */
	if (strchr(width, 'x'))
		return 3;
	switch (*width) {
	case '8': return 0;
	case '1': return 1;
	case '3': return 2;
	case '6': return 3;
	default: return text[0] == 'v' ? 4 : text[1] == '6' ? 3 : 2;
	}
}
