/* attr.h - the compiler attributes that Canon uses, in one place, so that GNU extensions
 * stand nowhere else. */
#ifndef CANON_BASE_ATTR_H
#define CANON_BASE_ATTR_H

#define NORETURN      __attribute__((noreturn))
#define PRINTF(f, a)  __attribute__((format(printf, f, a)))
#define UNUSED        __attribute__((unused))
#define NOINLINE      __attribute__((noinline))
#define ALWAYS_INLINE inline __attribute__((always_inline))
#define likely(x)     __builtin_expect(!!(x), 1)
#define unlikely(x)   __builtin_expect(!!(x), 0)

#endif
