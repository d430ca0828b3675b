/* writer.h - the small parts of the binary format, written: core specification, "Binary Format",
 * "Values" and "Types". Both encoders use it. Integers get their shortest form. */
#ifndef CANON_CORE_WRITER_H
#define CANON_CORE_WRITER_H

#include "core/ast.h"

void write_byte(struct strbuf *out, uint8_t byte);
void write_u32(struct strbuf *out, uint32_t value);
void write_u64(struct strbuf *out, uint64_t value);
void write_signed(struct strbuf *out, int64_t value);
void write_bits(struct strbuf *out, uint64_t value, unsigned bytes); /* little-endian */
void write_name(struct strbuf *out, struct str name);

/* Puts the size of what is written between the two before it; `mark` is what begin gave. */
size_t write_size_begin(struct strbuf *out);
void write_size_end(struct strbuf *out, size_t mark);

void write_heaptype(struct strbuf *out, struct core_valtype type);
void write_valtype(struct strbuf *out, struct core_valtype type);
void write_valtypes(struct strbuf *out, const struct core_valtype *types, uint32_t n);
void write_limits(struct strbuf *out, const struct core_limits *l);
void write_tabletype(struct strbuf *out, const struct core_tabletype *t);
void write_globaltype(struct strbuf *out, const struct core_globaltype *g);
void write_externtype(struct strbuf *out, const struct core_externtype *t);

/* One type of a recursion group, and a whole group. */
void write_subtype(struct strbuf *out, const struct core_subtype *t);
void write_rectype(struct strbuf *out, const struct core_subtype *types, uint32_t n);

#endif
