/* load.c - tests of component/load: what a file is taken for. */
#include "component/load.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/error.h"
#include "unit.h"

struct job {
	struct arena *arena;
	struct source src;
	struct loaded loaded;
};

static void
load(void *env)
{
	struct job *j = env;
	j->loaded = load_source(j->arena, &j->src);
	load_validate(j->arena, &j->loaded, NULL);
}

/* "module", "component", or the reason for neither. */
static const char *
taken_for(struct str text)
{
	static struct error err;
	struct job j = {
		.arena = arena_new(0), .src = {.name = "f", .text = text.ptr, .len = text.len}};
	bool ok = protect(load, &j, &err);
	const char *what = !ok ? err.reason : j.loaded.module ? "module" : "component";
	source_release(&j.src);
	arena_free(j.arena);
	return what;
}

START_TEST(text)
{
	ck_assert_str_eq(taken_for(STR("(module (func))")), "module");
	ck_assert_str_eq(taken_for(STR("(component (type u8))")), "component");
	ck_assert_str_eq(taken_for(STR(" ;; no fields\n")), "module");
	ck_assert_str_eq(taken_for(STR("(func) (memory 1)")), "module");
	ck_assert_str_eq(taken_for(STR("(type (func)) (core module)")), "component");
	ck_assert_str_eq(taken_for(STR("(import \"a\" \"b\" (func))")), "module");
	ck_assert_str_eq(taken_for(STR("(import \"a\" (func))")), "component");
}
END_TEST

START_TEST(binary)
{
	ck_assert_str_eq(taken_for(STR("\0asm\1\0\0\0")), "module");
	ck_assert_str_eq(taken_for(STR("\0asm\x0d\0\1\0")), "component");
	ck_assert_str_eq(taken_for(STR("\0asm")), "unexpected-end-of-section-or-function");
	ck_assert_str_eq(taken_for(STR("\0asm\2\0\0\0")), "unknown-binary-version");
}
END_TEST

START_TEST(neither)
{
	ck_assert_str_eq(taken_for(STR("(assert_return (invoke \"f\"))")), "unknown-operator");
	ck_assert_str_eq(taken_for(STR("(module) (module)")), "unexpected-token");
	ck_assert_str_eq(taken_for(STR("MZ\x90")), "malformed-utf-8-encoding");
	ck_assert_str_eq(taken_for(STR("(module (func (drop)))")), "type-mismatch");
	ck_assert_str_eq(taken_for(STR("(component (type (tuple)))")), "empty-tuple");
}
END_TEST

START_TEST(files)
{
	char path[] = "/tmp/canon-load-XXXXXX";
	int fd = mkstemp(path);
	ck_assert(fd >= 0);
	ck_assert_int_eq(write(fd, "(module)", 8), 8);
	close(fd);
	struct arena *a = arena_new(0);
	struct source src;
	ck_assert(load_file(a, path, &src));
	ck_assert_uint_eq(src.len, 8);
	ck_assert_str_eq(src.name, path);
	ck_assert(!memcmp(src.text, "(module)", 8));
	unlink(path);
	ck_assert(!load_file(a, path, &src));
	ck_assert_int_eq(errno, ENOENT);
	ck_assert(!load_file(a, "/tmp", &src));
	ck_assert_int_eq(errno, EISDIR);
	arena_free(a);
}
END_TEST

UNIT_MAIN("component/load", text, binary, neither, files)
