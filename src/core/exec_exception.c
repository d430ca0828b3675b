/* exec_exception.c - see exec_exception.h. */
#include "core/exec_exception.h"

#include <string.h>

#include "base/error.h"
#include "core/collect.h"

/* Where the tag is, with the values behind it. */
#define TAG 0

struct core_object *
exception_new(struct core_instance *inst, uint32_t tag, const union core_raw *args)
{
	struct core_tag *t = inst->tags[tag];
	size_t size = t->nparams * sizeof *args;
	struct core_object *exn =
		core_object_new(inst->store, args + t->nparams, t->type_id, 0, sizeof *args + size);
	exn->data[TAG].ref = t;
	if (size)
		memcpy(&exn->data[TAG + 1], args, size);
	return exn;
}

static const struct core_tag *
tag_of(const struct core_object *exn)
{
	return exn->data[TAG].ref;
}

union core_raw *
exception_values(const struct core_object *exn, union core_raw *to)
{
	uint32_t n = tag_of(exn)->nparams;
	if (n)
		memcpy(to, &exn->data[TAG + 1], n * sizeof *to);
	return to + n;
}

struct core_object *
exception_again(void *ref)
{
	if (!ref)
		raise_error(
			ERR_TRAP, NO_LOC, "null-exception-reference", "null exception reference");
	return ref;
}

bool
exception_is_caught(const struct core_instance *inst, const struct core_catch *clause,
	const struct core_object *exn)
{
	return !core_catch_has_tag(clause->kind) || inst->tags[clause->tag] == tag_of(exn);
}
