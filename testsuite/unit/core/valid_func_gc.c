/* valid_func_gc.c - tests of core/valid_func_gc, and of branches on casts. */
#include "core/valid_func.h"

#include "module.h"

/* The reason that fields are refused for, or "none". */
static const char *
validity(const char *text)
{
	static struct world w;
	world_new(&w);
	w.text = text;
	const char *reason = reason_of(&w, world_validate);
	world_free(&w);
	return reason;
}

#define TYPES \
	"(type $s (struct (field i8) (field (mut i32)) (field (ref any)))) " \
	"(type $b (array i8)) (type $w (array (mut i32))) (type $r (array (mut anyref))) " \
	"(data \"\") (elem funcref) "
#define ck_valid(text)           ck_assert_str_eq(validity(TYPES text), "none")
#define ck_invalid(text, reason) ck_assert_str_eq(validity(TYPES text), reason)
#define MISMATCH                 "type-mismatch"

START_TEST(structs)
{
	ck_valid("(func (result (ref $s)) (struct.new $s (i32.const 1) (i32.const 2) (ref.i31 "
		 "(i32.const 3))))");
	ck_invalid("(func (drop (struct.new $s (i32.const 1) (i32.const 2))))", MISMATCH);
	ck_invalid("(func (drop (struct.new_default $s)))", MISMATCH);
	ck_invalid("(func (drop (struct.new 9)))", "unknown-type");
	ck_invalid("(func (drop (struct.new_default $b)))", MISMATCH);
	ck_valid("(func (param (ref null $s)) (drop (struct.get_s $s 0 (local.get 0))))");
	ck_invalid("(func (param (ref $s)) (drop (struct.get $s 0 (local.get 0))))", MISMATCH);
	ck_invalid("(func (param (ref $s)) (drop (struct.get_u $s 1 (local.get 0))))", MISMATCH);
	ck_invalid(
		"(func (param (ref $s)) (drop (struct.get $s 3 (local.get 0))))", "unknown-field");
	ck_valid("(func (param (ref $s)) (struct.set $s 1 (local.get 0) (i32.const 0)))");
	ck_invalid("(func (param (ref $s)) (struct.set $s 0 (local.get 0) (i32.const 0)))",
		"immutable-field");
}
END_TEST

START_TEST(arrays)
{
	ck_valid("(func (drop (array.new $b (i32.const 1) (i32.const 2))))");
	ck_invalid("(func (drop (array.new $b (i64.const 1) (i32.const 2))))", MISMATCH);
	ck_invalid("(func (drop (array.new_fixed $b 2 (i32.const 1))))", MISMATCH);
	ck_invalid("(func unreachable (drop (array.new_fixed $b 4294967295)))", "too-many-fields");
	ck_valid("(func (drop (array.new_data $b 0 (i32.const 1) (i32.const 2))))");
	ck_invalid("(func (drop (array.new_data $b 1 (i32.const 1) (i32.const 2))))",
		"unknown-data-segment");
	ck_invalid("(func (drop (array.new_data $r 0 (i32.const 1) (i32.const 2))))",
		"array-type-is-not-numeric-or-vector");
	ck_invalid("(func (drop (array.new_elem $r 0 (i32.const 1) (i32.const 2))))", MISMATCH);
	ck_invalid("(func (param (ref $b)) (array.set $b (local.get 0) (i32.const 0) (i32.const "
		   "0)))",
		"immutable-array");
	ck_invalid("(func (param (ref $b) (ref $w)) (array.copy $w $b (local.get 1) (i32.const 0) "
		   "(local.get 0) (i32.const 0) (i32.const 0)))",
		"array-types-do-not-match");
	ck_valid("(func (param arrayref) (drop (array.len (local.get 0))))");
	ck_invalid("(func (param anyref) (drop (array.len (local.get 0))))", MISMATCH);
}
END_TEST

START_TEST(casts)
{
	ck_valid("(func (param anyref) (result (ref $s)) (ref.cast (ref $s) (local.get 0)))");
	ck_invalid("(func (param funcref) (drop (ref.cast (ref $s) (local.get 0))))", MISMATCH);
	ck_valid("(func (param (ref func)) (drop (ref.test (ref null nofunc) (local.get 0))))");
	ck_valid("(func (param anyref) (result (ref $s)) "
		 "(br_on_cast 0 anyref (ref $s) (local.get 0)) unreachable)");
	ck_invalid("(func (param anyref) (result (ref $s)) "
		   "(br_on_cast 0 eqref (ref $s) (local.get 0)) unreachable)",
		MISMATCH);
	ck_invalid("(func (param eqref) (result anyref) "
		   "(br_on_cast 0 eqref anyref (local.get 0)))",
		MISMATCH);
	ck_valid("(func (param anyref) (result anyref) "
		 "(br_on_cast_fail 0 anyref (ref $s) (local.get 0)) (drop (struct.get $s 1)) "
		 "unreachable)");
	ck_invalid("(func (param anyref) (br_on_cast 0 anyref (ref $s) (local.get 0)) drop)",
		MISMATCH);
	/* A null went with the branch. */
	ck_valid("(func (param anyref) (result (ref null $s)) "
		 "(drop (block (result (ref any)) (br_on_cast 1 anyref (ref null $s) (local.get "
		 "0)))) unreachable)");
}
END_TEST

START_TEST(conversions)
{
	ck_valid("(func (param (ref extern)) (result (ref any)) (any.convert_extern (local.get "
		 "0)))");
	ck_invalid("(func (param externref) (result (ref any)) (any.convert_extern (local.get 0)))",
		MISMATCH);
	ck_valid("(func unreachable any.convert_extern (drop (ref.as_non_null)))");
	ck_invalid("(func (param anyref) (drop (ref.eq (local.get 0) (local.get 0))))", MISMATCH);
	ck_valid("(func (param i31ref) (drop (ref.eq (local.get 0) (ref.null $s))))");
	ck_invalid(
		"(global i32 (i31.get_s (ref.i31 (i32.const 1))))", "constant-expression-required");
}
END_TEST

UNIT_MAIN("core/valid_func_gc", structs, arrays, casts, conversions)
