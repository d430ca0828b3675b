/* wave_string.h - characters and strings of WAVE: escapes, and strings of several lines. Internal to
 * wave.c. */
#ifndef CANON_SCRIPT_WAVE_STRING_H
#define CANON_SCRIPT_WAVE_STRING_H

#include "script/wave.h"

/* From the opening quote to behind the closing one. Three quotes open a string of several lines, of
 * which each loses the spaces that stand before the closing quotes. Both raise as wave.h says. */
struct str wave_string(struct wave *w);
uint32_t wave_char(struct wave *w);

#endif
