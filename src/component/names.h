/* names.h - the names of imports and exports, and labels: their grammar, and when two of
 * them are too alike to stand in one scope.
 *
 * Explainer.md, "Import and Export Definitions" and "Name Uniqueness"; the version grammar is
 * that of Semantic Versioning 2.0. Nothing here allocates but name_unique_key. */
#ifndef CANON_COMPONENT_NAMES_H
#define CANON_COMPONENT_NAMES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

enum name_kind {
	NAME_PLAIN,       /* label */
	NAME_CONSTRUCTOR, /* [constructor]resource */
	NAME_METHOD,      /* [method]resource.label */
	NAME_STATIC,      /* [static]resource.label */
	NAME_INTERFACE,   /* namespace:package/projection@version */
};

/* A name taken apart; all strings are borrowed from it. */
struct extern_name {
	enum name_kind kind;
	struct str text;      /* all of it */
	struct str resource;  /* constructor, method, static */
	struct str label;     /* plain, method, static */
	struct str namespace; /* interface */
	struct str package;
	struct str projection;
	struct str version; /* empty when there is none */
};

/* Why a name is none. The reason is one of "not-kebab-case", "name-not-lowercase",
 * "name-missing-dot", "name-missing-projection", "name-trailing-characters",
 * "name-version". */
struct name_error {
	const char *reason;
	char text[200];
};

/* Forms that features let in. */
struct name_forms {
	bool nested;            /* several namespaces and projections */
	bool canonical_version; /* "@1", "@0.2", "@0.0.1", too */
};

/* Is it a label of the grammar: words and acronyms, with hyphens between them? */
bool name_is_kebab(struct str s);

/* False, with *err filled, when `s` is not an externname. */
bool
name_parse(struct str s, struct name_forms forms, struct extern_name *out, struct name_error *err);

/* False, with *err filled, when `s` is not a version of Semantic Versioning. */
bool name_parse_version(struct str s, struct name_error *err);

/* Is it a canonversion? */
bool name_is_canonical_version(struct str s);

/* What has to differ between names of one scope: the name in small letters, without the
 * annotations that a source language would drop. In the arena, unless it is `n->text`. */
struct str name_unique_key(struct arena *a, const struct extern_name *n);

/* The same for a label alone. */
struct str label_unique_key(struct arena *a, struct str label);

#endif
