/* wave.h - reads WAVE, the WebAssembly Value Encoding of bytecodealliance/wasm-tools
 * (crates/wasm-wave): values and calls as people write them, name("text", [1, 2]). What is read is
 * directed by types: of a component's function, or of a core function.
 *
 * What the grammar allows is taken, and nothing else: commas are needed, fields and flags have to be
 * there. A float that is too large is infinity, as there. Handles, streams, futures and error contexts have no form in WAVE.
 *
 * Values belong to the arena, and may borrow from the text. Whatever is wrong raises ERR_SCRIPT "wave"
 * with the place in the text, and says what was expected there. */
#ifndef CANON_SCRIPT_WAVE_H
#define CANON_SCRIPT_WAVE_H

#include "cabi/cabi.h"
#include "core/instance.h"
#include "link/value.h"

/* A text, read up to a position. */
struct wave {
	struct arena *arena;
	const struct source *src;
	size_t pos;
};

/* From the start of a text, which has to be UTF-8. */
struct wave wave_open(struct arena *a, const struct source *src);

/* The name that a call starts with: what stands before the parenthesis, or a string in quotes.
 * Nothing where the text ends after it: *is_call tells. */
struct str wave_name(struct wave *w, bool *is_call);

/* The arguments in parentheses, and then the end of the text. As many values as there are parameters:
 * those at the end that are options may be left out. */
struct link_value *wave_args(struct wave *w, const FuncType *type);
union core_raw *wave_core_args(struct wave *w, const struct core_functype *type);

/* A value, and then the end of the text. */
struct link_value wave_value(struct wave *w, const ValType *t);

/* A label that would be read as something else without a % before it. */
bool wave_is_keyword(struct str label);

#endif
