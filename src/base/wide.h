/* wide.h - 128-bit integers, so that no sum or product of 64-bit values wraps. */
#ifndef CANON_BASE_WIDE_H
#define CANON_BASE_WIDE_H

__extension__ typedef __int128 int_wide;

#endif
