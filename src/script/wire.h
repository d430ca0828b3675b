/* wire.h - the records of one file as bytes, for a pipe between processes of the same program. */
#ifndef CANON_SCRIPT_WIRE_H
#define CANON_SCRIPT_WIRE_H

#include "base/str.h"
#include "script/report.h"

/* All but `path` and `made`. */
void wire_write(FILE *out, const struct file_report *f);

/* Reads them from the start of `in`, which moves on behind them; texts are copied into `a`. False
 * where the bytes end before, or are no records. */
bool wire_read(struct arena *a, struct str *in, struct file_report *f);

/* Numbers, as they are in memory. */
void wire_write_u32(FILE *out, uint32_t value);
bool wire_read_u32(struct str *in, uint32_t *value);

#endif
