/* decode_parts.h - what the files of the component decoder share, each named as the rule of
 * Binary.md that it reads. For decode*.c alone. All raise ERR_MALFORMED. */
#ifndef CANON_COMPONENT_DECODE_PARTS_H
#define CANON_COMPONENT_DECODE_PARTS_H

#include "component/ast.h"
#include "core/reader.h"

/* ---- decode_types.c ---- */

/* Raises about the byte before the reader's place, which no rule called `what` starts with. The
 * reason is a static string, "leading-byte-...". */
NORETURN void bad_leading_byte(struct reader *r, const char *reason, const char *what);

struct comp_ref read_ref(struct reader *r, enum comp_sort sort); /* an index in that space */
bool read_flag(struct reader *r); /* async?, cancel?, sh?: one byte, 0 or 1 */
bool read_optional(struct reader *r, const char *reason, const char *what); /* of <T>? */

struct comp_valtype read_comp_valtype(struct reader *r);
struct comp_valtype read_resultlist(struct reader *r);
struct comp_type *read_deftype(struct reader *r);
struct comp_core_type *read_core_deftype(struct reader *r);
struct comp_extern_type read_comp_externtype(struct reader *r);
void read_nameattributes(struct reader *r, struct comp_name *out);

/* ---- decode_defs.c ---- */

struct comp_ref read_sortidx(struct reader *r);
void read_core_instance(struct reader *r, struct comp_def *def);
void read_instance(struct reader *r, struct comp_def *def);
void read_alias(struct reader *r, struct comp_def *def);
void read_canon(struct reader *r, struct comp_def *def);
void read_start(struct reader *r, struct comp_def *def);
void read_comp_import(struct reader *r, struct comp_def *def);
void read_comp_export(struct reader *r, struct comp_def *def);
void read_value(struct reader *r, struct comp_def *def);

/* The declaration of an import or export in a type. */
void read_importdecl(struct reader *r, struct comp_def *def);
void read_exportdecl(struct reader *r, struct comp_def *def);

#endif
