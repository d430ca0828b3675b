/* unit.c - see unit.h. */
#include "cmd/unit.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/budget.h"
#include "base/clean.h"
#include "base/fiber.h"
#include "cmd/cmd.h"

/* For one file, which may be made to take very long. */
#define SECONDS 60

struct loading {
	struct cmd_unit *unit;
	const struct features *features;
};

static void
load(void *env)
{
	const struct loading *l = env;
	l->unit->loaded = load_source(l->unit->arena, &l->unit->source);
	if (l->features)
		load_validate(l->unit->arena, &l->unit->loaded, l->features);
}

bool
cmd_unit_load(
	struct cmd_unit *u, const char *path, const struct features *features, struct error *err)
{
	struct loading l = {u, features};
	*u = (struct cmd_unit){.arena = arena_new(0)};
	if (!load_file(u->arena, path, &u->source)) {
		*err = (struct error){.kind = ERR_SCRIPT, .reason = "unreadable"};
		snprintf(err->message, sizeof err->message, "%s", strerror(errno));
		return false;
	}
	budget_start(0, SECONDS);
	bool good = protect(load, &l, err);
	budget_start(0, 0);
	return good;
}

void
cmd_unit_release(struct cmd_unit *u)
{
	source_release(&u->source);
	arena_free(u->arena);
}

void
cmd_unit_complain(const struct cmd_unit *u, const struct error *err)
{
	char at[300];
	loc_format(err->at, at, sizeof at);
	put_clean_line(stderr, "%s: %s %s: %s", *at ? at : u->source.name,
		error_kind_name(err->kind), err->reason, err->message);
}

int
cmd_unit_status(const struct error *err)
{
	switch (err->kind) {
	case ERR_SCRIPT: return STATUS_USAGE;
	case ERR_INTERNAL: return STATUS_FAILED;
	default: return STATUS_UNEXPECTED;
	}
}
