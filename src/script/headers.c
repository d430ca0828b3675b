/* headers.c - see headers.h. Of TOML there is what scripts use: names and truth values. */
#include "script/headers.h"

#include "base/error.h"

/* Features of core WebAssembly, and settings of other runners, that mean nothing here. */
static const char *const others[] = {"reference_types", "bulk_memory", "multi_memory", "simd",
	"relaxed_simd", "gc", "gc_types", "function_references", "exceptions", "legacy_exceptions",
	"tail_call", "threads", "extended_const", "custom_page_sizes", "wide_arithmetic",
	"stack_switching", "multi_value", "sign_extension", "saturating_float_to_int",
	"mutable_global", "floats", "hogs_memory", "nan_canonicalization", "component_model",
	"component_model_gc"};

static bool
is_other(struct str name)
{
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_is(name, others[i]))
			return true;
	return false;
}

static struct str
trim(struct str s)
{
	while (s.len && strchr(" \t\r", *s.ptr)) {
		s.ptr++;
		s.len--;
	}
	while (s.len && strchr(" \t\r", s.ptr[s.len - 1]))
		s.len--;
	return s;
}

static void
apply(struct features *f, struct str line, struct loc at)
{
	const char *equals = memchr(line.ptr, '=', line.len);
	size_t n = equals ? (size_t)(equals - line.ptr) : 0;
	struct str name = trim((struct str){line.ptr, n});
	struct str value =
		equals ? trim((struct str){equals + 1, line.len - n - 1}) : (struct str){0};
	bool on = str_is(value, "true");
	if (!name.len || (!on && !str_is(value, "false")))
		raise_error(ERR_SCRIPT, at, "bad-header",
			"expected `name = true` or `name = false`, not `" STR_FMT "`",
			STR_ARG(line));
	enum feature feature = feature_find_header(name);
	if (feature != FEATURE_COUNT)
		feature_set(f, feature, on);
	else if (!is_other(name))
		raise_error(ERR_SCRIPT, at, "unknown-header", "unknown feature `" STR_FMT "`",
			STR_ARG(name));
	else if (!on)
		raise_error(ERR_UNSUPPORTED, at, "feature-always-on",
			STR_FMT " cannot be switched off", STR_ARG(name));
}

void
headers_apply(const struct source *src, struct features *f)
{
	for (size_t i = 0; i < src->len;) {
		const char *start = src->text + i, *end = memchr(start, '\n', src->len - i);
		size_t n = end ? (size_t)(end - start) : src->len - i;
		struct str line = trim((struct str){start, n});
		if (str_starts(line, ";;!")) {
			struct str header = trim((struct str){line.ptr + 3, line.len - 3});
			if (header.len)
				apply(f, header, (struct loc){src, (uint32_t)i});
		} else if (line.len && !str_starts(line, ";;")) {
			return;
		}
		i += n + 1;
	}
}
