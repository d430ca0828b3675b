/* enumerate.h - all types up to a size, and all values of one up to a size, in a fixed order.
 *
 * The size of a type is the number of its nodes: (list (option u8)) is 3. The size of a value is the
 * number of its leaves and of its lists: [some(1), none] is 3. Numbers come from the edges of their
 * ranges, code points from the edges of the encodings. An enum on its own has every case, and flags
 * have every flag, besides none and all; of those inside of something there are the first and the last.
 * Values have the form that lifting gives them. */
#ifndef CANON_ORACLE_ENUMERATE_H
#define CANON_ORACLE_ENUMERATE_H

#include "cabi/cabi.h"

/* What handles stand for. */
struct enumerate_handles {
	ResourceType *rt;
	ErrorContext *error_context;
	SharedBase *stream, *future; /* of u8 */
};

/* All types of just this size; own, borrow, stream, future and error-context are among them. */
ValTypes enumerate_types(struct arena *a, uint32_t size, ResourceType *rt);

/* Where strings have been lifted from. */
struct enumerate_source {
	StringEncoding encoding;
	CoreType addrtype; /* of the memory */
};

/* All values of just this size. */
Values enumerate_values(struct arena *a, ValType *t, uint32_t size, struct enumerate_source from,
	const struct enumerate_handles *handles);

/* "list<option<u8>>": for messages. In the arena. */
const char *enumerate_name(struct arena *a, const ValType *t);

#endif
