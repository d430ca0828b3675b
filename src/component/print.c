/* print.c - see print.h: Explainer.md, "Component Definitions" and what follows. Types are in
 * print_types.c. */
#include "component/print.h"

#include "base/fiber.h"
#include "component/print_parts.h"

/* ---- names ---- */

static void
count_definitions(const struct component *c, uint32_t counts[SORT_COUNT])
{
	for (uint32_t i = 0; i < c->defs.len; i++) {
		uint32_t n;
		enum comp_sort sort = comp_def_sort(&c->defs.data[i], &n);
		counts[sort] += n;
	}
}

struct comp_printer
printer_of(struct pretty *p, const struct print_options *options, struct arena *scratch,
	const struct component *c)
{
	struct comp_printer s = {.p = p, .options = options, .scratch = scratch};
	struct strmap seen[SORT_COUNT];
	uint32_t counts[SORT_COUNT] = {0};
	if (!options->names)
		return s;
	count_definitions(c, counts);
	for (int sort = 0; sort < SORT_COUNT; sort++) {
		seen[sort] = (struct strmap){.arena = scratch};
		s.names[sort].data = arena_array_of(scratch, counts[sort], struct str);
		s.names[sort].len = counts[sort];
	}
	for (uint32_t i = 0; i < c->ids.len; i++) {
		const struct comp_id *id = &c->ids.data[i];
		if (id->index < counts[id->sort] && !s.names[id->sort].data[id->index].len &&
			strmap_put(&seen[id->sort], id->name, id->index))
			s.names[id->sort].data[id->index] = id->name;
	}
	return s;
}

static struct str
name_of(const struct comp_printer *s, enum comp_sort sort, uint32_t index)
{
	return index < s->names[sort].len ? s->names[sort].data[index] : (struct str){0};
}

void
print_idx(struct comp_printer *s, enum comp_sort sort, uint32_t index)
{
	struct str name = name_of(s, sort, index);
	pretty_printf(s->p, " ");
	if (name.len)
		pretty_id(s->p, name);
	else
		pretty_printf(s->p, "%u", index);
}

void
print_ref(struct comp_printer *s, struct comp_ref ref)
{
	pretty_printf(s->p, " (%s", comp_sort_name(ref.sort));
	print_idx(s, ref.sort, ref.index);
	pretty_printf(s->p, ")");
}

void
print_next(struct comp_printer *s, enum comp_sort sort)
{
	uint32_t index = s->counts[sort]++;
	struct str name = name_of(s, sort, index);
	if (name.len) {
		pretty_printf(s->p, " ");
		pretty_id(s->p, name);
	} else if (s->options->names) {
		pretty_printf(s->p, " (;%u;)", index);
	}
}

/* ---- instances and aliases ---- */

/* A reference without the prefix that all references of a core instance would have. */
static void
print_core_ref(struct comp_printer *s, struct comp_ref ref)
{
	pretty_printf(s->p, " (%s", comp_sort_name(ref.sort) + sizeof "core");
	print_idx(s, ref.sort, ref.index);
	pretty_printf(s->p, ")");
}

static void
print_instantiate(struct comp_printer *s, const struct comp_instance *i, bool core)
{
	pretty_printf(s->p, " (instantiate");
	print_idx(s, i->target.sort, i->target.index);
	for (uint32_t k = 0; k < i->args.len; k++) {
		pretty_open(s->p, "(with ");
		pretty_string(s->p, i->args.data[k].name);
		if (core)
			print_core_ref(s, i->args.data[k].ref);
		else
			print_ref(s, i->args.data[k].ref);
		pretty_close(s->p);
	}
	pretty_printf(s->p, ")");
}

static void
print_instance(struct comp_printer *s, const struct comp_instance *i, bool core)
{
	pretty_printf(s->p, core ? "(core instance" : "(instance");
	print_next(s, core ? SORT_CORE_INSTANCE : SORT_INSTANCE);
	s->p->indent++;
	if (i->is_instantiate)
		print_instantiate(s, i, core);
	for (uint32_t k = 0; !i->is_instantiate && k < i->exports.len; k++) {
		pretty_open(s->p, "(export");
		print_name(s, &i->exports.data[k].name);
		if (core)
			print_core_ref(s, i->exports.data[k].ref);
		else
			print_ref(s, i->exports.data[k].ref);
		pretty_close(s->p);
	}
	pretty_close(s->p);
}

static void
print_alias(struct comp_printer *s, const struct comp_alias *a)
{
	if (a->kind == ALIAS_OUTER) {
		pretty_printf(s->p, "(alias outer %u %u", a->outer_count, a->outer_index);
	} else {
		pretty_printf(
			s->p, a->kind == ALIAS_EXPORT ? "(alias export" : "(alias core export");
		print_idx(s, a->instance.sort, a->instance.index);
		pretty_printf(s->p, " ");
		pretty_string(s->p, a->name);
	}
	pretty_printf(s->p, " (%s", comp_sort_name(a->sort));
	print_next(s, a->sort);
	pretty_printf(s->p, "))");
}

/* ---- canonical definitions ---- */

static void
print_opts(struct comp_printer *s, const struct comp_canon *c)
{
	for (uint32_t i = 0; i < c->opts.len; i++) {
		const struct comp_opt *opt = &c->opts.data[i];
		bool has_ref = comp_opt_sort(opt->kind) != SORT_COUNT;
		pretty_printf(s->p, has_ref ? " (%s" : " %s", comp_opt_name(opt->kind));
		if (has_ref)
			print_idx(s, opt->ref.sort, opt->ref.index);
		pretty_printf(s->p, has_ref ? ")" : "");
	}
}

static void
print_flag(struct comp_printer *s, bool there, const char *word)
{
	if (there)
		pretty_printf(s->p, " %s", word);
}

static void
print_memory(struct comp_printer *s, struct comp_ref memory)
{
	pretty_printf(s->p, " (memory");
	print_idx(s, SORT_CORE_MEMORY, memory.index);
	pretty_printf(s->p, ")");
}

static void
print_task_result(struct comp_printer *s, const struct comp_valtype *result)
{
	if (result->kind == VAL_NONE)
		return;
	pretty_printf(s->p, " (result");
	print_valtype(s, result);
	pretty_printf(s->p, ")");
}

static void
print_immediates(struct comp_printer *s, const struct comp_canon *c)
{
	enum comp_canon_imm imm = comp_canon_infos[c->kind].imm;
	if (imm == IMM_TYPE || imm == IMM_TYPE_OPTS || imm == IMM_TYPE_ASYNC)
		print_idx(s, SORT_TYPE, c->type.index);
	switch (imm) {
	case IMM_LIFT:
	case IMM_LOWER: print_ref(s, c->func); break;
	case IMM_RESULT_OPTS: print_task_result(s, &c->result); break;
	case IMM_VALTYPE_OPTS: print_valtype(s, &c->result); break;
	case IMM_CONTEXT:
		pretty_printf(s->p, " %s %u", core_valtype_name(c->slot_type), c->slot);
		break;
	case IMM_CANCEL:
	case IMM_CANCEL_MEMORY: print_flag(s, c->is_cancellable, "cancellable"); break;
	case IMM_ASYNC:
	case IMM_TYPE_ASYNC: print_flag(s, c->is_async, "async"); break;
	case IMM_SHARED:
	case IMM_SHARED_CORETYPE:
	case IMM_SHARED_CORETYPE_TABLE: print_flag(s, c->is_shared, "shared"); break;
	default: break;
	}
	if (imm == IMM_CORETYPE_TABLE || imm == IMM_SHARED_CORETYPE ||
		imm == IMM_SHARED_CORETYPE_TABLE)
		print_idx(s, SORT_CORE_TYPE, c->core_type.index);
	if (imm == IMM_CORETYPE_TABLE || imm == IMM_SHARED_CORETYPE_TABLE)
		print_idx(s, SORT_CORE_TABLE, c->table.index);
	if (imm == IMM_CANCEL_MEMORY)
		print_memory(s, c->memory);
	print_opts(s, c);
}

static void
print_canon(struct comp_printer *s, const struct comp_canon *c)
{
	pretty_printf(s->p, "(canon %s", comp_canon_infos[c->kind].text);
	print_immediates(s, c);
	if (c->kind == CANON_LIFT) {
		pretty_printf(s->p, " (func");
		print_next(s, SORT_FUNC);
		pretty_printf(s->p, " (type");
		print_idx(s, SORT_TYPE, c->type.index);
		pretty_printf(s->p, ")))");
	} else {
		pretty_printf(s->p, " (core func");
		print_next(s, SORT_CORE_FUNC);
		pretty_printf(s->p, "))");
	}
}

/* ---- start, imports, exports, values ---- */

static void
print_start(struct comp_printer *s, const struct comp_start *st)
{
	pretty_printf(s->p, "(start");
	print_idx(s, SORT_FUNC, st->func.index);
	for (uint32_t i = 0; i < st->args.len; i++)
		print_ref(s, st->args.data[i]);
	for (uint32_t i = 0; i < st->results; i++) {
		pretty_printf(s->p, " (result (value");
		print_next(s, SORT_VALUE);
		pretty_printf(s->p, "))");
	}
	pretty_printf(s->p, ")");
}

static void
print_import(struct comp_printer *s, const struct comp_import *i)
{
	pretty_printf(s->p, "(import");
	print_name(s, &i->name);
	print_extern_type(s, &i->type, true);
	pretty_printf(s->p, ")");
}

/* What is exported is named by what was there before: the export's own name comes with it. */
static void
print_export(struct comp_printer *s, const struct comp_export *x)
{
	pretty_printf(s->p, "(export");
	if (!x->is_decl)
		print_next(s, x->ref.sort);
	print_name(s, &x->name);
	if (x->is_decl)
		print_extern_type(s, &x->type, true);
	else
		print_ref(s, x->ref);
	if (!x->is_decl && x->has_type)
		print_extern_type(s, &x->type, false);
	pretty_printf(s->p, ")");
}

static void
print_value(struct comp_printer *s, const struct comp_value *v)
{
	pretty_printf(s->p, "(value");
	print_next(s, SORT_VALUE);
	print_valtype(s, &v->type);
	pretty_printf(s->p, " ");
	print_literal(s->p, &v->literal);
	pretty_printf(s->p, ")");
}

/* ---- definitions ---- */

static void
print_core_module(struct comp_printer *s, const struct core_module *m)
{
	pretty_printf(s->p, "(core module");
	print_next(s, SORT_CORE_MODULE);
	core_print_fields(s->p, m, s->options);
	pretty_printf(s->p, ")");
}

static void
print_component(struct comp_printer *s, const struct component *c)
{
	need_stack(c->at, "components");
	pretty_printf(s->p, "(component");
	print_next(s, SORT_COMPONENT);
	struct comp_printer in = printer_of(s->p, s->options, s->scratch, c);
	s->p->indent++;
	print_defs(&in, c);
	pretty_close(s->p);
}

static void
print_def(struct comp_printer *s, const struct comp_def *d)
{
	switch (d->kind) {
	case DEF_CORE_MODULE: print_core_module(s, d->module); break;
	case DEF_CORE_INSTANCE: print_instance(s, &d->instance, true); break;
	case DEF_CORE_TYPE: print_core_type(s, d->core_type); break;
	case DEF_COMPONENT: print_component(s, d->component); break;
	case DEF_INSTANCE: print_instance(s, &d->instance, false); break;
	case DEF_ALIAS: print_alias(s, &d->alias); break;
	case DEF_TYPE:
		pretty_printf(s->p, "(type");
		print_next(s, SORT_TYPE);
		pretty_printf(s->p, " ");
		print_deftype(s, d->type);
		pretty_printf(s->p, ")");
		break;
	case DEF_CANON: print_canon(s, &d->canon); break;
	case DEF_START: print_start(s, &d->start); break;
	case DEF_IMPORT: print_import(s, &d->import); break;
	case DEF_EXPORT: print_export(s, &d->export); break;
	case DEF_VALUE: print_value(s, &d->value); break;
	}
}

static void
print_custom(struct pretty *p, const struct comp_custom *c)
{
	pretty_open(p, "(@custom ");
	pretty_string(p, c->name);
	pretty_printf(p, " ");
	pretty_bytes(p, c->bytes);
	pretty_close(p);
}

void
print_defs(struct comp_printer *s, const struct component *c)
{
	uint32_t custom = 0;
	for (uint32_t i = 0; i <= c->defs.len; i++) {
		for (; custom < c->customs.len && c->customs.data[custom].place <= i; custom++)
			print_custom(s->p, &c->customs.data[custom]);
		if (i == c->defs.len)
			break;
		pretty_line(s->p);
		print_def(s, &c->defs.data[i]);
	}
}

void
component_print(struct pretty *p, const struct component *c, const struct print_options *options)
{
	struct arena *scratch = arena_new(0);
	struct comp_printer s = printer_of(p, options, scratch, c);
	pretty_printf(p, "(component");
	if (options->names && c->id.len) {
		pretty_printf(p, " ");
		pretty_id(p, c->id);
	}
	p->indent++;
	print_defs(&s, c);
	pretty_close(p);
	arena_free(scratch);
}
