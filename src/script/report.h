/* report.h - what a run found: one record for each top-level directive; how it is counted, and
 * told to a person. The other formats are in format.h. */
#ifndef CANON_SCRIPT_REPORT_H
#define CANON_SCRIPT_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/vec.h"

enum outcome {
	OUTCOME_PASS,
	OUTCOME_FAIL,
	OUTCOME_SKIP,
	OUTCOME_UNSUPPORTED, /* needs what is not built yet: no verdict */
	OUTCOME_ERROR,       /* the script or Canon is wrong: no verdict */
	OUTCOME_XFAIL,
	OUTCOME_XPASS,
	OUTCOME_COUNT,
};

const char *outcome_name(enum outcome o);

/* Fails, errors and unexpected passes. */
bool outcome_is_unexpected(enum outcome o);

struct choice;

/* All texts are in the report's arena, or static. */
struct record {
	uint32_t line, column;
	const char *kind; /* the directive's keyword */
	enum outcome outcome;
	const char *phase;    /* how far it came: parse, validate, link, execute */
	const char *expected; /* null where the directive says nothing */
	const char *actual;
	uint32_t refused;       /* features that are off, and were used: one bit each */
	const char *trap_class; /* null without a trap */
	const char *trap_site;  /* "lift_own#2"; null for a trap of the core engine */
	const char *section;    /* of the document that decides; null where unknown */
	const char *choices;    /* of a failure: those made in the file so far, "0,2,1", or null */
	const char *known;      /* of xfail and xpass: what the expectations say about it */
	const char *leans_on; /* of a failure that is none at seed 0: the choice that makes it so */
	const struct choice *made; /* of a failure: the same choices, all of them */
	size_t nmade;
	bool internal; /* an error of Canon's own */
};

struct file_report {
	const char *path;
	VEC(struct record) records;
};

struct report {
	struct arena *arena;
	const char *profile; /* its name */
	const char *program; /* as it was called, for the command that runs one directive again */
	const char *command; /* that does so; null: run */
	const char *options; /* which that command needs, each with a space before it */
	uint64_t seed;
	VEC(struct file_report) files;
	uint32_t counts[OUTCOME_COUNT];
	bool internal;
};

void report_add(struct report *r, struct file_report *f, struct record rec);

/* The failures, errors and unexpected passes of a file as a person wants to see them: several
 * lines each. With `all`, a line for every other directive, too, with the place of its trap. */
void report_file(FILE *out, const struct report *r, const struct file_report *f, bool all);

/* A command that runs a directive again: "canon run --filter ... --choices ... -- FILE"; line 0 is
 * the whole file. */
const char *report_again(struct arena *a, const struct report *r, const char *path, uint32_t line,
	const char *choices);

/* What there is to say of a record, each under a label: "expected", "actual", "clause", "known",
 * "leans on", and "again" where the directive did not simply pass. Texts are in `a`, or the
 * record's own; they may hold any bytes. */
struct detail {
	const char *label, *text;
};

struct details {
	struct detail rows[6];
	uint32_t len;
};

struct details report_details(struct arena *a, const struct report *r, const struct file_report *f,
	const struct record *rec);

/* Why a directive did not simply pass, as one phrase, in `a`: "expected 1, got 2", "passes, but is
 * known to fail: why". */
const char *report_reason(struct arena *a, const struct record *rec);

/* How many directives were counted. */
uint32_t report_directives(const struct report *r);

/* Changes the outcome of a record that was added before. */
void report_change(struct report *r, struct record *rec, enum outcome outcome);

/* The last lines of a human report. */
void report_summary(FILE *out, const struct report *r);

/* 0 all as expected, 1 something was not, 3 Canon itself failed, 4 no directive ran. */
int report_status(const struct report *r);

#endif
