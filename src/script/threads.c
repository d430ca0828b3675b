/* threads.c - see threads.h. */
#include "script/threads.h"

#include "script/syntax.h"

/* (shared (module $m)): an instance of this thread's creator. */
static void
share(struct runner *to, const struct runner *from, struct cursor *c)
{
	struct cursor in = script_list_of(c, "shared");
	struct cursor module = script_list_of(&in, "module");
	struct named_thing t = {.name = take_id(&module)};
	t.thing = find_thing(from, t.name);
	script_end(&module);
	script_end(&in);
	vec_push(to->arena, &to->instances, t);
}

static void
run_directives(struct runner *thread, struct cursor *c)
{
	struct verdict pass = {.outcome = OUTCOME_PASS};
	while (!at_end(c)) {
		directive_run(thread, take_item(c));
		if (thread->verdict.outcome != OUTCOME_PASS)
			return;
	}
	thread->verdict = pass;
}

void
thread_run(struct runner *r, struct cursor *c, struct loc at)
{
	struct runner thread = {.arena = r->arena,
		.options = r->options,
		.features = r->features,
		.store = r->store,
		.spectest = r->spectest,
		.current = {.why = ERR_SCRIPT},
		.line = r->line,
		.index = r->index,
		.phase = r->phase};
	struct named_verdict done = {.name = take_id(c), .maker = r->index};
	if (!done.name.len)
		raise_error(ERR_SCRIPT, at, "unnamed-thread", "a thread has to have a $name");
	while (at_list_of(c, "shared"))
		share(&thread, r, c);
	run_directives(&thread, c);
	for (uint32_t i = 0; i < thread.linked.len; i++)
		vec_push(r->arena, &r->linked, thread.linked.data[i]);
	done.verdict = thread.verdict;
	vec_push(r->arena, &r->threads, done);
	r->verdict = thread.verdict;
	r->phase = thread.phase;
}

void
thread_wait(struct runner *r, struct cursor *c)
{
	struct loc at = here(c);
	struct str name = take_id(c);
	script_end(c);
	for (uint32_t i = r->threads.len; i-- > 0;) {
		if (!str_eq(r->threads.data[i].name, name))
			continue;
		note_need(r, r->threads.data[i].maker, true);
		r->verdict = r->threads.data[i].verdict;
		return;
	}
	raise_error(
		ERR_SCRIPT, at, "unknown-thread", "there is no thread $" STR_FMT, STR_ARG(name));
}
