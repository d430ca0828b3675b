/* dispatch.h - how an interpreter goes from one instruction to the next: by a jump to the address
 * of a label that a table holds ("labels as values") where the compiler has it, else by a switch.
 *
 * Inside a function, with `op` an expression that names the next operation:
 *
 *	static const DISPATCH_TABLE(table) = {
 *		DISPATCH_ALL(COUNT, other)      those that follow no other line says
 *		DISPATCH_TO(ADD)
 *	};
 *	DISPATCH_BEGIN(table, op)
 *	DISPATCH_CASE(ADD) ...; DISPATCH(table, op);
 *	DISPATCH_OTHER(other) ...; DISPATCH(table, op);
 *	DISPATCH_END
 *
 * A table needs -Wno-override-init. Under AddressSanitizer it is a switch, too, so that this
 * way is tested. */
#ifndef CANON_BASE_DISPATCH_H
#define CANON_BASE_DISPATCH_H

#include "base/attr.h"

#if defined(__GNUC__) && !UNDER_ASAN && !defined(CANON_SWITCH)

#define DISPATCH_TABLE(table)      void *const table[]
#define DISPATCH_ALL(count, other) [0 ...(count) - 1] = &&L_##other,
#define DISPATCH_TO(name)          [name] = &&L_##name,
#define DISPATCH_BEGIN(table, op)  DISPATCH(table, op);
#define DISPATCH_CASE(name)        L_##name:
#define DISPATCH_OTHER(other)      L_##other:
#define DISPATCH(table, op)        goto *table[op]
#define DISPATCH_END

#else

#define DISPATCH_TABLE(table)      char table[]
#define DISPATCH_ALL(count, other) 0,
#define DISPATCH_TO(name)
#define DISPATCH_BEGIN(table, op) \
	(void)table; \
	for (;;) { \
		switch (op) {
#define DISPATCH_CASE(name)   case name:
#define DISPATCH_OTHER(other) default:
#define DISPATCH(table, op)   continue
#define DISPATCH_END \
	} \
	}

#endif
#endif
