/* valid_value.c - values and start functions: Explainer.md, "Value Definitions", "Start
 * Definitions"; Binary.md, the notes on values. Literals are looked at in valid_literal.c. */
#include "component/valid_scope.h"

#include "base/error.h"

const struct ctype *
use_value(struct scope *s, struct comp_ref ref)
{
	struct value_def *v = (struct value_def *)scope_get(s, SORT_VALUE, ref.index, ref.at);
	require(!v->used, ref.at, "value-used-twice",
		"value index %u cannot be used more than once", ref.index);
	v->used = true;
	return v->type;
}

void
valid_value(struct scope *s, struct comp_value *v, struct loc at)
{
	const struct ctype *t = valid_value_type(s, &v->type);
	struct strbuf encoding = {.arena = s->arena};
	valid_literal(t, &v->literal, &encoding);
	v->encoding = strbuf_str(&encoding);
	scope_add_extern(s, (struct extern_type){SORT_VALUE, t, NULL}, at);
}

void
valid_start(struct scope *s, const struct comp_start *st, struct loc at)
{
	const struct ctype *f = scope_func(s, st->func);
	struct mismatch why;
	require(st->args.len == f->nlabels, at, "start-arg-count",
		"component start function requires %u arguments but was given %u", f->nlabels,
		st->args.len);
	for (uint32_t i = 0; i < st->args.len; i++) {
		struct subst subst = subst_new(s->ts);
		struct extern_type arg = {SORT_VALUE, use_value(s, st->args.data[i]), NULL};
		struct extern_type param = {SORT_VALUE, f->labels[i].type, NULL};
		require(match_extern(&subst, arg, param, &why), st->args.data[i].at,
			"start-arg-type", "value type mismatch for component start argument %u: %s",
			i, why.text);
	}
	require(st->results == (f->elem ? 1 : 0), at, "start-result-count",
		"component start function has a result count of %u, not %u", f->elem ? 1 : 0,
		st->results);
	if (f->elem)
		scope_add_extern(s, (struct extern_type){SORT_VALUE, f->elem, NULL}, at);
}
