/* features.h - profiles and features: spec/features.tsv, spec/profiles.md; Explainer.md, "Gated
 * Features". A feature that is off makes components that use it invalid, and has no other effect:
 * nothing but features_check asks for it. */
#ifndef CANON_COMPONENT_FEATURES_H
#define CANON_COMPONENT_FEATURES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct component;

enum feature {
#define FEATURE(ID, name, gate, header, release, p3, pre, source, certainty) FEATURE_##ID,
#include "features.inc"
	FEATURE_COUNT,
};

enum profile { PROFILE_P3, PROFILE_1_0_PRE, PROFILE_COUNT };

/* A set of features: those of a profile, and what was switched on and off after that. */
struct features {
	enum profile profile;
	uint32_t on;
};

/* The row of a feature in the table. */
struct feature_row {
	const char *name;
	const char *gate;    /* its sign in the documents; "-": none */
	const char *header;  /* its name in the headers of scripts */
	const char *release; /* of the developer preview that shipped it; "-": none yet */
	bool in[PROFILE_COUNT];
	const char *source, *certainty;
};

struct features features_of(enum profile profile);

/* Forbids what only a feature needs, where that is off: base/mark.h. */
void features_forbid_marks(const struct features *f);

/* All of them, whatever the profile. */
struct features features_all(void);

void feature_set(struct features *f, enum feature feature, bool on);

/* Switches off what the profile has not. */
void features_limit(struct features *f);

const struct feature_row *feature_row(enum feature feature);
const char *profile_name(enum profile profile);

/* The profile with a name; PROFILE_COUNT for none. */
enum profile profile_find(struct str name);

/* The feature with a name, or with a name of script headers; FEATURE_COUNT for none. */
enum feature feature_find(struct str name);
enum feature feature_find_header(struct str name);

/* Tells the names of those that are on: for whoever passes them on to another program. */
void features_tell(struct features f, void (*tell)(void *env, const char *name), void *env);

/* The features that are off, and that a component uses: one bit each, by their numbers. */
uint32_t features_missing(struct features f, const struct component *c);

/* The feature that a message of features_check is about; FEATURE_COUNT for another message. */
enum feature feature_of_message(const char *message);

/* Raises ERR_INVALID ("feature-disabled") where a component uses a feature that is off; for names
 * that only a feature makes good, the reason for which they are none without it. */
void features_check(struct features f, const struct component *c);

#endif
