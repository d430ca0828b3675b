/* version.h - Canon's own version. */
#ifndef CANON_BASE_VERSION_H
#define CANON_BASE_VERSION_H

#define CANON_VERSION "0.1.0"

#endif
