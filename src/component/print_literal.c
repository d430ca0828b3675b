/* print_literal.c - the values of value definitions in the text format: Explainer.md, "Value
 * Definitions". */
#include "component/print_parts.h"

static void
print_items(struct pretty *p, const struct comp_literal *l)
{
	for (uint32_t i = 0; i < l->items.len; i++) {
		pretty_printf(p, " ");
		print_literal(p, &l->items.data[i]);
	}
}

/* (keyword "label" items) */
static void
print_compound(struct pretty *p, const char *keyword, bool label, const struct comp_literal *l)
{
	pretty_printf(p, "(%s", keyword);
	if (label) {
		pretty_printf(p, " ");
		pretty_string(p, l->text);
	}
	print_items(p, l);
	pretty_printf(p, ")");
}

/* A word alone, or with its value. */
static void
print_case(struct pretty *p, const char *keyword, const struct comp_literal *l)
{
	if (l->items.len)
		print_compound(p, keyword, false, l);
	else
		pretty_printf(p, "%s", keyword);
}

void
print_literal(struct pretty *p, const struct comp_literal *l)
{
	switch (l->kind) {
	case LIT_BOOL: pretty_printf(p, l->bits ? "true" : "false"); break;
	case LIT_INT:
	case LIT_FLOAT: pretty_printf(p, STR_FMT, STR_ARG(l->number)); break;
	case LIT_CHAR: pretty_char(p, l->bits); break;
	case LIT_STRING: pretty_string(p, l->text); break;
	case LIT_RECORD: print_compound(p, "record", false, l); break;
	case LIT_VARIANT: print_compound(p, "variant", true, l); break;
	case LIT_LIST: print_compound(p, "list", false, l); break;
	case LIT_TUPLE: print_compound(p, "tuple", false, l); break;
	case LIT_FLAGS: print_compound(p, "flags", false, l); break;
	case LIT_ENUM: print_compound(p, "enum", true, l); break;
	case LIT_NONE: pretty_printf(p, "none"); break;
	case LIT_SOME: print_compound(p, "some", false, l); break;
	case LIT_OK: print_case(p, "ok", l); break;
	case LIT_ERROR: print_case(p, "error", l); break;
	case LIT_BINARY:
		pretty_printf(p, "(binary ");
		pretty_bytes(p, l->text);
		pretty_printf(p, ")");
		break;
	}
}
