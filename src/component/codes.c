/* codes.c - see codes.h. */
#include "component/codes.h"

#include "base/error.h"
#include "core/reader.h"
#include "core/writer.h"

static const struct sort_code codes[SORT_COUNT] = {
	[SORT_CORE_FUNC] = {true, 0x00},
	[SORT_CORE_TABLE] = {true, 0x01},
	[SORT_CORE_MEMORY] = {true, 0x02},
	[SORT_CORE_GLOBAL] = {true, 0x03},
	[SORT_CORE_TAG] = {true, 0x04},
	[SORT_CORE_TYPE] = {true, 0x10},
	[SORT_CORE_MODULE] = {true, 0x11},
	[SORT_CORE_INSTANCE] = {true, 0x12},
	[SORT_FUNC] = {false, 0x01},
	[SORT_VALUE] = {false, 0x02},
	[SORT_TYPE] = {false, 0x03},
	[SORT_COMPONENT] = {false, 0x04},
	[SORT_INSTANCE] = {false, 0x05},
};

struct sort_code
read_sort_code(struct reader *r)
{
	struct sort_code code = {.byte = read_byte(r)};
	code.core = code.byte == 0x00;
	if (code.core)
		code.byte = read_byte(r);
	return code;
}

void
write_sort_code(struct strbuf *out, enum comp_sort sort)
{
	if (codes[sort].core)
		write_byte(out, 0x00);
	write_byte(out, codes[sort].byte);
}

enum comp_sort
sort_of_code(struct sort_code code)
{
	enum comp_sort sort = SORT_CORE_FUNC;
	while (sort < SORT_COUNT &&
		(codes[sort].core != code.core || codes[sort].byte != code.byte))
		sort++;
	return sort;
}

struct sort_code
code_of_sort(enum comp_sort sort)
{
	return codes[sort];
}

/* ---- types ---- */

/* Their numbers go down from bool's; error-context's stands apart. */
#define BOOL_CODE          0x7f
#define STRING_CODE        0x73
#define ERROR_CONTEXT_CODE 0x64

enum comp_val_kind
prim_of_code(uint8_t byte)
{
	if (byte == ERROR_CONTEXT_CODE)
		return VAL_ERROR_CONTEXT;
	if (byte < STRING_CODE || byte > BOOL_CODE)
		return VAL_NONE;
	return (enum comp_val_kind)(VAL_BOOL + (BOOL_CODE - byte));
}

uint8_t
code_of_prim(enum comp_val_kind prim)
{
	return prim == VAL_ERROR_CONTEXT ? ERROR_CONTEXT_CODE
					 : (uint8_t)(BOOL_CODE - (prim - VAL_BOOL));
}

static const struct {
	uint8_t byte;
	enum comp_type_kind kind;
	bool is_async;
} forms[] = {
	{0x72, CT_RECORD, false},
	{0x71, CT_VARIANT, false},
	{0x70, CT_LIST, false},
	{0x67, CT_FIXED_LIST, false},
	{0x6f, CT_TUPLE, false},
	{0x6e, CT_FLAGS, false},
	{0x6d, CT_ENUM, false},
	{0x6b, CT_OPTION, false},
	{0x6a, CT_RESULT, false},
	{0x69, CT_OWN, false},
	{0x68, CT_BORROW, false},
	{0x66, CT_STREAM, false},
	{0x65, CT_FUTURE, false},
	{0x63, CT_MAP, false},
	{0x40, CT_FUNC, false},
	{0x43, CT_FUNC, true},
	{0x41, CT_COMPONENT, false},
	{0x42, CT_INSTANCE, false},
	{0x3f, CT_RESOURCE, false},
};

bool
type_of_code(uint8_t byte, struct comp_type *t)
{
	t->prim = prim_of_code(byte);
	t->kind = CT_PRIM;
	if (t->prim != VAL_NONE)
		return true;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (forms[i].byte != byte)
			continue;
		t->kind = forms[i].kind;
		t->is_async = forms[i].is_async;
		return true;
	}
	return false;
}

uint8_t
code_of_type(const struct comp_type *t)
{
	if (t->kind == CT_PRIM)
		return code_of_prim(t->prim);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (forms[i].kind == t->kind && forms[i].is_async == t->is_async)
			return forms[i].byte;
	internal_error("a type of kind %d has no form", (int)t->kind);
}

static const enum comp_sort extern_sorts[] = {
	SORT_CORE_MODULE, SORT_FUNC, SORT_VALUE, SORT_TYPE, SORT_COMPONENT, SORT_INSTANCE};

enum comp_sort
extern_of_code(uint8_t byte)
{
	return byte < sizeof extern_sorts / sizeof *extern_sorts ? extern_sorts[byte] : SORT_COUNT;
}

uint8_t
code_of_extern(enum comp_sort sort)
{
	uint8_t byte = 0;
	while (extern_of_code(byte) != sort && extern_of_code(byte) != SORT_COUNT)
		byte++;
	return byte;
}
