/* valid_func.h - validates instruction sequences, and lowers bodies that are valid to pre-decoded
 * code: core specification, "Validation", "Instructions", "Expressions", and the appendix's
 * algorithm. What is around bodies (index spaces, limits, segments) is valid.h's. */
#ifndef CANON_CORE_VALID_FUNC_H
#define CANON_CORE_VALID_FUNC_H

#include "core/ast.h"

struct checker;
struct core_code;

/* Parameters and other locals of one function, as engines for the web have it. More raise
 * ERR_EXHAUSTED ("too-many-locals"). */
#define CORE_MAX_LOCALS 50000

/* What a module's bodies are validated against. Zero-initialise, then set the first three. */
struct valid_env {
	const struct core_module *module;
	const bool *declared;    /* by function index: whether ref.func in a body may name it */
	struct arena *arena;     /* the module's: the code goes there */
	struct checker *scratch; /* kept from body to body */
};

/* Validates a function of the module that is not imported; its code, in the arena, has a frame, and
 * one instruction, LOWER. Raises ERR_INVALID, with the reasons of the core suite's texts. */
struct core_code *valid_func(struct valid_env *env, uint32_t index);

/* Fills in the rest of the code of a valid function whose frame is not too large. */
void valid_func_lower(struct valid_env *env, struct core_code *code);

/* A constant expression of this type, in which the first `nglobals` globals are known. Raises
 * ERR_INVALID ("constant-expression-required", "type-mismatch", "unknown-global", ...). */
void valid_const_expr(struct valid_env *env, const struct core_expr *expr, struct core_valtype type,
	uint32_t nglobals);

/* A type that a value can have. Raises ERR_INVALID ("unknown-type"). */
void valid_valtype(const struct core_module *m, struct core_valtype type, struct loc at);

/* Whether a value of type a may stand where b is wanted; both have been through valid_valtype. */
bool valid_matches(const struct core_module *m, struct core_valtype a, struct core_valtype b);

#endif
