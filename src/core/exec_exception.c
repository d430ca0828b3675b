/* exec_exception.c - see exec_exception.h. */
#include "core/exec_exception.h"

#include <string.h>

#include "base/error.h"
#include "core/gc.h"

/* What the smallest object takes in an arena. */
#define ARENA_UNIT 16

struct exception *
exception_new(struct core_instance *inst, uint32_t tag, const union core_raw *args)
{
	const struct core_tag *t = inst->tags[tag];
	size_t size = t->nparams * sizeof *args;
	core_objects_take(inst->store, ARENA_UNIT, size);
	struct exception *exn = arena_alloc(inst->store->arena, sizeof *exn + size);
	exn->tag = t;
	if (size)
		memcpy(exn->args, args, size);
	return exn;
}

struct exception *
exception_again(void *ref)
{
	if (!ref)
		raise_error(
			ERR_TRAP, NO_LOC, "null-exception-reference", "null exception reference");
	return ref;
}

bool
exception_is_caught(const struct core_instance *inst, const struct core_catch *clause,
	const struct exception *exn)
{
	return !core_catch_has_tag(clause->kind) || inst->tags[clause->tag] == exn->tag;
}
