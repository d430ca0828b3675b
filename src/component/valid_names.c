/* valid_names.c - validation of names: Explainer.md, "Import and Export Definitions", "Name
 * Uniqueness"; Binary.md, the notes to "Import and Export Definitions". The grammar is in
 * names.c. */
#include "component/valid_scope.h"

#include "base/error.h"

void
name_scope_init(struct name_scope *n, struct arena *a, const char *what)
{
	*n = (struct name_scope){.what = what};
	n->keys.arena = n->labels.arena = n->resources.arena = a;
}

/* ---- labels ---- */

void
valid_labels(struct arena *a, const struct comp_type *t, const char *what, const char *before)
{
	struct strmap seen = {.arena = a};
	for (uint32_t i = 0; i < t->labels.len; i++) {
		const struct comp_label *l = &t->labels.data[i];
		uint32_t other;
		require(l->name.len > 0, l->at, "empty-label", "%s name cannot be empty", what);
		require(name_is_kebab(l->name), l->at, "not-kebab-case",
			"%s name `" STR_FMT "` is not in kebab case", what, STR_ARG(l->name));
		struct str key = label_unique_key(a, l->name);
		if (strmap_get(&seen, key, &other)) {
			struct str name = t->labels.data[other].name;
			raise_error(ERR_INVALID, l->at, "label-conflict",
				"%s name `" STR_FMT "` conflicts with previous %s name `" STR_FMT
				"`",
				what, STR_ARG(l->name), before, STR_ARG(name));
		}
		strmap_put(&seen, key, i);
	}
}

/* ---- attributes ---- */

static void
valid_implements(
	const struct comp_attr *attr, const struct extern_name *name, struct extern_type type)
{
	struct extern_name value;
	struct name_error err;
	require(type.sort == SORT_INSTANCE, attr->at, "implements-not-instance",
		"only instances can have an `implements`");
	require(name->kind == NAME_PLAIN, attr->at, "implements-not-plain",
		"name `" STR_FMT "` is not valid with `implements`", STR_ARG(name->text));
	require(name_parse(attr->text, (struct name_forms){0}, &value, &err), attr->at,
		"implements-not-a-name", "`" STR_FMT "` is not a valid name: %s",
		STR_ARG(attr->text), err.text);
	require(value.kind == NAME_INTERFACE, attr->at, "implements-not-interface",
		"`implements` name `" STR_FMT "` must be an interface", STR_ARG(attr->text));
}

static void
valid_version_suffix(struct arena *a, const struct comp_attr *attr, const struct extern_name *name)
{
	struct strbuf whole = {.arena = a};
	struct name_error err;
	require(name->kind == NAME_INTERFACE && name_is_canonical_version(name->version), attr->at,
		"version-suffix-misplaced",
		"`versionsuffix` needs an interface name with a canonical version");
	strbuf_add(&whole, name->version.ptr, name->version.len);
	strbuf_add(&whole, attr->text.ptr, attr->text.len);
	require(name_parse_version(strbuf_str(&whole), &err), attr->at, "version-suffix",
		"version and `versionsuffix` make no valid version: %s", err.text);
}

static void
valid_attributes(struct arena *a, const struct comp_name *n, const struct extern_name *name,
	struct extern_type type)
{
	static const char *const kinds[] = {
		[ATTR_IMPLEMENTS] = "implements",
		[ATTR_VERSION_SUFFIX] = "versionsuffix",
		[ATTR_EXTERNAL_ID] = "external-id",
	};
	unsigned seen = 0;
	for (uint32_t i = 0; i < n->attrs.len; i++) {
		const struct comp_attr *attr = &n->attrs.data[i];
		require(!(seen & 1u << attr->kind), attr->at, "duplicate-attribute",
			"duplicate '%s' option in name", kinds[attr->kind]);
		seen |= 1u << attr->kind;
		if (attr->kind == ATTR_IMPLEMENTS)
			valid_implements(attr, name, type);
		if (attr->kind == ATTR_VERSION_SUFFIX)
			valid_version_suffix(a, attr, name);
	}
}

/* ---- annotations ---- */

/* The resource of a handle has to be called what the annotation says. */
static void
need_resource_name(const struct name_scope *names, const struct ctype *handle,
	const struct extern_name *name, struct loc at)
{
	const void *found;
	require(id_map_get(&names->labels, handle->elem->id, &found), at, "resource-without-name",
		"resource used in function does not have a name in this context");
	const struct str *label = found;
	struct arena *a = names->keys.arena;
	require(str_eq(label_unique_key(a, *label), label_unique_key(a, name->resource)), at,
		"resource-name-mismatch",
		"function does not match expected resource name `" STR_FMT "`", STR_ARG(*label));
}

static void
valid_constructor(const struct name_scope *names, const struct ctype *func,
	const struct extern_name *name, struct loc at)
{
	const struct ctype *result = func->elem;
	require(result, at, "constructor-without-result",
		"function should return one value, `(own $T)` or `(result (own $T))`");
	if (result->kind == CT_RESULT)
		result = result->elem;
	require(result && result->kind == CT_OWN, at, "constructor-result",
		"function should return `(own $T)` or `(result (own $T))`");
	need_resource_name(names, result, name, at);
}

static void
valid_method(const struct name_scope *names, const struct ctype *func,
	const struct extern_name *name, struct loc at)
{
	require(func->nlabels > 0, at, "method-without-parameter",
		"function should have at least one argument");
	require(str_is(func->labels[0].name, "self"), at, "method-self-name",
		"function should have a first argument called `self`");
	require(func->labels[0].type->kind == CT_BORROW, at, "method-self-type",
		"function should take a first argument of `(borrow $T)`");
	need_resource_name(names, func->labels[0].type, name, at);
}

static void
valid_annotation(const struct name_scope *names, const struct extern_name *name,
	struct extern_type type, struct loc at)
{
	if (name->kind == NAME_PLAIN || name->kind == NAME_INTERFACE)
		return;
	require(type.sort == SORT_FUNC, at, "annotation-not-func",
		"item `" STR_FMT "` is not a func", STR_ARG(name->text));
	if (name->kind == NAME_CONSTRUCTOR) {
		valid_constructor(names, type.type, name, at);
	} else if (name->kind == NAME_METHOD) {
		valid_method(names, type.type, name, at);
	} else {
		uint32_t unused;
		struct str key = label_unique_key(names->keys.arena, name->resource);
		require(strmap_get(&names->resources, key, &unused), at, "static-unknown-resource",
			"static resource name is not known in this context");
	}
}

/* ---- names ---- */

static struct extern_name
parse_name(const struct comp_name *n)
{
	struct extern_name name;
	struct name_error err;
	struct name_forms forms = {.nested = true};
	for (uint32_t i = 0; i < n->attrs.len; i++)
		forms.canonical_version |= n->attrs.data[i].kind == ATTR_VERSION_SUFFIX;
	if (!name_parse(n->name, forms, &name, &err))
		raise_error(ERR_INVALID, n->at, err.reason,
			"`" STR_FMT "` is not a valid extern name: %s",
			(int)(n->name.len < 120 ? n->name.len : 120),
			n->name.ptr ? n->name.ptr : "", err.text);
	return name;
}

static void
need_unique(struct name_scope *names, const struct extern_name *name, struct loc at)
{
	struct arena *a = names->keys.arena;
	struct str key = name_unique_key(a, name);
	uint32_t other;
	if (strmap_get(&names->keys, key, &other)) {
		struct str previous = names->names.data[other];
		raise_error(ERR_INVALID, at, "name-conflict",
			"%s name `" STR_FMT "` conflicts with previous name `" STR_FMT "`",
			names->what, STR_ARG(name->text), STR_ARG(previous));
	}
	strmap_put(&names->keys, key, names->names.len);
	vec_push(a, &names->names, name->text);
}

void
valid_extern_name(struct scope *s, struct name_scope *names, const struct comp_name *n,
	struct extern_type type)
{
	struct extern_name name = parse_name(n);
	valid_attributes(s->arena, n, &name, type);
	valid_annotation(names, &name, type, n->at);
	need_unique(names, &name, n->at);
	if (type.sort == SORT_TYPE && type.type->kind == CT_RESOURCE && name.kind == NAME_PLAIN) {
		struct str *label = arena_new_of(s->arena, struct str);
		*label = name.label;
		id_map_put(&names->labels, type.type->id, label);
		strmap_put(&names->resources, label_unique_key(s->arena, name.label), 0);
	}
}
