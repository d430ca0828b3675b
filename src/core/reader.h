/* reader.h - goes over the bytes of a binary once: core specification, "Binary Format", "Values"
 * and "Types". Both decoders use it, of core modules and of components.
 *
 * In a core module nothing is bounded by its section: that a section ends where it said is
 * checked behind it, as the core suite wants. In a component `end` is that of the section. */
#ifndef CANON_CORE_READER_H
#define CANON_CORE_READER_H

#include "core/ast.h"

struct reader {
	struct arena *arena;
	const struct source *src;
	const uint8_t *start, *p, *end; /* start: of the source, from where locations count */

	/* of the core module that is being read */
	struct core_module *module;
	struct core_bodies *room; /* for expressions */
	struct loc data_use;      /* the first instruction that needs a data count section */
	bool uses_data;
};

/* A reader of all the bytes. Raises ERR_EXHAUSTED for more than 4 GiB. */
struct reader reader_of(struct arena *a, struct str bytes, const struct source *src);

struct loc read_at(const struct reader *r);
NORETURN void malformed(const struct reader *r, const char *reason, const char *message);

/* All raise ERR_MALFORMED at the end of the bytes, and where a value cannot be. */
uint64_t read_unsigned(struct reader *r, unsigned bits);
int64_t read_signed(struct reader *r, unsigned bits);
uint64_t read_u64(struct reader *r);
NORETURN void bad_end(const struct reader *r);        /* "unexpected-end-of-section-or-function" */
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
bool read_mutability(struct reader *r);
struct core_globaltype read_globaltype(struct reader *r);
struct core_tabletype read_tabletype(struct reader *r);

static inline uint8_t
read_byte(struct reader *r)
{
	if (unlikely(r->p == r->end))
		bad_end(r);
	return *r->p++;
}

/* Mostly one byte. */
static inline uint32_t
read_u32(struct reader *r)
{
	if (likely(r->p < r->end && *r->p < 0x80))
		return *r->p++;
	return (uint32_t)read_unsigned(r, 32);
}

/* An expression, up to and with the end that closes it (in decode_instr.c). */
struct core_expr read_expr(struct reader *r);

/* Likewise, but the instructions are in the reader's room: good until it reads again. */
struct core_expr read_instrs(struct reader *r);

/* The locals of a body, into the reader's room. */
void read_locals(struct reader *r);

/* A type of the type section, or of a core type of a component (in decode.c): a recursion group
 * or one type alone. */
void read_rectype(struct reader *r, struct core_rectype *out);

/* What an import is (in decode.c). */
void read_externtype(struct reader *r, struct core_externtype *out);

#endif
