/* decode_state.h - what the files of the core decoder share: a reader that goes over the bytes
 * once. Nothing is bounded by its section: that a section ends where it said is checked
 * behind it, as the core suite wants. Private to decode*.c. */
#ifndef CANON_CORE_DECODE_STATE_H
#define CANON_CORE_DECODE_STATE_H

#include "core/ast.h"

struct reader {
	struct arena *arena;
	const struct source *src;
	const uint8_t *start, *p, *end;
	struct core_module *module;
	struct loc data_use; /* the first instruction that needs a data count section */
	bool uses_data;
};

struct loc read_at(const struct reader *r);
NORETURN void malformed(const struct reader *r, const char *reason, const char *message);

/* decode_read.c. All raise ERR_MALFORMED at the end of the bytes, and where a value cannot
 * be. */
uint8_t read_byte(struct reader *r);
uint32_t read_u32(struct reader *r);
uint64_t read_u64(struct reader *r);
int64_t read_signed(struct reader *r, unsigned bits);
uint64_t read_bits(struct reader *r, unsigned bytes); /* little-endian */
uint32_t read_len(struct reader *r);                  /* no more than there can be bytes left */
uint8_t read_type_byte(struct reader *r);             /* the first of a type: 7 bits, signed */
struct str read_bytes(struct reader *r, uint32_t n);
struct str read_name(struct reader *r);
struct core_valtype read_valtype(struct reader *r);
struct core_valtype read_heaptype(struct reader *r); /* as a nullable reference */
struct core_valtype *read_valtypes(struct reader *r, uint32_t *n);
struct core_valtype read_reftype(struct reader *r);
struct core_limits read_limits(struct reader *r);
struct core_globaltype read_globaltype(struct reader *r);
struct core_tabletype read_tabletype(struct reader *r);

/* decode_instr.c: up to and with the end that closes it. */
struct core_expr read_expr(struct reader *r);

#endif
