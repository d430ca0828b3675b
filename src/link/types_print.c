/* types_print.c - types for messages, in the notation of WIT. */
#include "base/fiber.h"
#include "link/types.h"

static void
print_or_none(struct strbuf *out, const ValType *t)
{
	if (t)
		valtype_print(out, t);
	else
		strbuf_addc(out, '_');
}

static void
print_args(struct strbuf *out, const char *name, const ValType *a, const ValType *b)
{
	strbuf_adds(out, name);
	if (!a && !b)
		return;
	strbuf_addc(out, '<');
	print_or_none(out, a);
	if (b) {
		strbuf_adds(out, ", ");
		valtype_print(out, b);
	}
	strbuf_addc(out, '>');
}

static void
print_list(struct strbuf *out, const ValType *t)
{
	strbuf_adds(out, "list<");
	valtype_print(out, t->t);
	if (t->l)
		strbuf_printf(out, ", %u", *t->l);
	strbuf_addc(out, '>');
}

static void
print_labelled(struct strbuf *out, const char *name, const ValType *t)
{
	const char *comma = "";
	strbuf_printf(out, "%s {", name);
	for (uint32_t i = 0; i < t->fields.len; i++, comma = ",") {
		strbuf_printf(out, "%s %s: ", comma, t->fields.data[i].label);
		valtype_print(out, t->fields.data[i].t);
	}
	for (uint32_t i = 0; i < t->cases.len; i++, comma = ",") {
		strbuf_printf(out, "%s %s", comma, t->cases.data[i].label);
		if (t->cases.data[i].t) {
			strbuf_addc(out, '(');
			valtype_print(out, t->cases.data[i].t);
			strbuf_addc(out, ')');
		}
	}
	for (uint32_t i = 0; i < t->labels.len; i++, comma = ",")
		strbuf_printf(out, "%s %s", comma, t->labels.data[i]);
	strbuf_adds(out, " }");
}

static void
print_tuple(struct strbuf *out, const ValType *t)
{
	strbuf_adds(out, "tuple<");
	for (uint32_t i = 0; i < t->ts.len; i++) {
		strbuf_adds(out, i ? ", " : "");
		valtype_print(out, t->ts.data[i]);
	}
	strbuf_addc(out, '>');
}

const char *
valtype_kind_name(ValTypeKind kind)
{
	static const char *const names[] = {
		[BoolType] = "bool",
		[S8Type] = "s8",
		[U8Type] = "u8",
		[S16Type] = "s16",
		[U16Type] = "u16",
		[S32Type] = "s32",
		[U32Type] = "u32",
		[S64Type] = "s64",
		[U64Type] = "u64",
		[F32Type] = "f32",
		[F64Type] = "f64",
		[CharType] = "char",
		[StringType] = "string",
		[ErrorContextType] = "error-context",
		[ListType] = "list",
		[RecordType] = "record",
		[TupleType] = "tuple",
		[VariantType] = "variant",
		[EnumType] = "enum",
		[OptionType] = "option",
		[ResultType] = "result",
		[MapType] = "map",
		[FlagsType] = "flags",
		[OwnType] = "own",
		[BorrowType] = "borrow",
		[StreamType] = "stream",
		[FutureType] = "future",
	};
	return names[kind];
}

void
valtype_print(struct strbuf *out, const ValType *t)
{
	need_stack(NO_LOC, "types");
	switch (t->kind) {
	case ListType: print_list(out, t); break;
	case OptionType: print_args(out, "option", t->t, NULL); break;
	case StreamType: print_args(out, "stream", t->t, NULL); break;
	case FutureType: print_args(out, "future", t->t, NULL); break;
	case ResultType: print_args(out, "result", t->ok, t->error); break;
	case MapType: print_args(out, "map", t->k, t->v); break;
	case RecordType: print_labelled(out, "record", t); break;
	case VariantType: print_labelled(out, "variant", t); break;
	case EnumType: print_labelled(out, "enum", t); break;
	case FlagsType: print_labelled(out, "flags", t); break;
	case TupleType: print_tuple(out, t); break;
	case OwnType: strbuf_adds(out, "own<resource>"); break;
	case BorrowType: strbuf_adds(out, "borrow<resource>"); break;
	default: strbuf_adds(out, valtype_kind_name(t->kind)); break;
	}
}

void
functype_print(struct strbuf *out, const FuncType *t)
{
	strbuf_adds(out, t->async_ ? "async func(" : "func(");
	for (uint32_t i = 0; i < t->params.len; i++) {
		strbuf_printf(out, "%s%s: ", i ? ", " : "", t->params.data[i].label);
		valtype_print(out, t->params.data[i].t);
	}
	strbuf_addc(out, ')');
	if (t->result.len) {
		strbuf_adds(out, " -> ");
		valtype_print(out, t->result.data[0].t);
	}
}

const FuncType *
link_func_type(const struct link_func *f)
{
	return f->type;
}
