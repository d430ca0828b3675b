/* wave_token.h - the tokens of WAVE but strings, and the error that says what was expected instead of the
 * one that is there. Internal to wave.c. */
#ifndef CANON_SCRIPT_WAVE_TOKEN_H
#define CANON_SCRIPT_WAVE_TOKEN_H

#include "base/error.h"
#include "script/wave.h"

/* Raises "expected WHAT, found `TOKEN`" at the position. */
NORETURN void wave_expected(const struct wave *w, const char *what);

struct loc wave_place(const struct wave *w, size_t pos);

/* The bytes that are left, and the one at an offset; 0 behind the end. */
size_t wave_left(const struct wave *w);
char wave_peek(const struct wave *w, size_t offset);

/* Moves on behind white space and comments. */
void wave_skip_space(struct wave *w);

/* Takes a character if it is the next one; raises if it is not; raises if anything is left. */
bool wave_take(struct wave *w, char c);
void wave_need(struct wave *w, char c);
void wave_need_end(struct wave *w);

/* The word here, with % before it if it has that; of length 0 where there is none. Taking it is moving
 * on. */
struct str wave_word(struct wave *w);
bool wave_take_word(struct wave *w, const char *keyword);

/* A number as JSON writes it, or inf, nan, -inf; of length 0 where there is none. *whole where it has
 * neither fraction nor exponent. */
struct str wave_number(struct wave *w, bool *whole);

#endif
