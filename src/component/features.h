/* features.h - the features that can be switched on and off, and what needs them: Explainer.md,
 * "Gated Features". */
#ifndef CANON_COMPONENT_FEATURES_H
#define CANON_COMPONENT_FEATURES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct component;

enum feature {
#define FEATURE(NAME, name, header, on) FEATURE_##NAME,
#include "component/features.def"
	FEATURE_COUNT,
};

/* A set of them. */
struct features {
	uint32_t on;
};

struct features features_p3(void);
bool feature_is_on(struct features f, enum feature feature);
void feature_set(struct features *f, enum feature feature, bool on);

const char *feature_name(enum feature feature);

/* The feature with a name, or with a name of script headers; FEATURE_COUNT for none. */
enum feature feature_find(struct str name);
enum feature feature_find_header(struct str name);

/* Raises ERR_INVALID ("feature-disabled") where a component uses a feature that is off. Names with
 * several namespaces are left to validation. */
void features_check(struct features f, const struct component *c);

#endif
