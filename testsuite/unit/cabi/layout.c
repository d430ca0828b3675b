/* layout.c - despecialization, type predicates, alignment, element size and flattening. The
 * figures were taken from definitions.py. */
#include "shorthand.h"

static const char *
flat_text(CoreTypes ts)
{
	static const char *const names[] = {"i32", "i64", "f32", "f64"};
	struct strbuf out = {.arena = world};
	for (uint32_t i = 0; i < ts.len; i++)
		strbuf_printf(&out, "%s%s", i ? " " : "", names[ts.data[i]]);
	return strbuf_cstr(&out);
}

#define TIMES_32 "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,aa,bb,cc,dd,ee,ff"

static const struct {
	const char *type;
	int alignment32, size32, alignment64, size64;
	const char *flat32;
} layouts[] = {
	{"bool", 1, 1, 1, 1, "i32"},
	{"s8", 1, 1, 1, 1, "i32"},
	{"u16", 2, 2, 2, 2, "i32"},
	{"s32", 4, 4, 4, 4, "i32"},
	{"u64", 8, 8, 8, 8, "i64"},
	{"f32", 4, 4, 4, 4, "f32"},
	{"f64", 8, 8, 8, 8, "f64"},
	{"char", 4, 4, 4, 4, "i32"},
	{"string", 4, 8, 8, 16, "i32 i32"},
	{"list(u8)", 4, 8, 8, 16, "i32 i32"},
	{"list(u8,3)", 1, 3, 1, 3, "i32 i32 i32"},
	{"list(u16,3)", 2, 6, 2, 6, "i32 i32 i32"},
	{"list(list(u8,2),3)", 1, 6, 1, 6, "i32 i32 i32 i32 i32 i32"},
	{"list(string,2)", 4, 16, 8, 32, "i32 i32 i32 i32"},
	{"tuple(u8)", 1, 1, 1, 1, "i32"},
	{"tuple(u8,u16,u8,u32)", 4, 12, 4, 12, "i32 i32 i32 i32"},
	{"tuple(u16,u8)", 2, 4, 2, 4, "i32 i32"},
	{"tuple(tuple(u16,u8),u8)", 2, 6, 2, 6, "i32 i32 i32"},
	{"record(a:u8,b:string,c:f64)", 8, 24, 8, 32, "i32 i32 i32 f64"},
	{"variant(a)", 1, 1, 1, 1, "i32"},
	{"variant(a,b:u16)", 2, 4, 2, 4, "i32 i32"},
	{"variant(a:u8,b:f32,c:u64)", 8, 16, 8, 16, "i32 i64"},
	{"variant(a:f32,b:u32)", 4, 8, 4, 8, "i32 i32"},
	{"variant(a:f32,b:f64)", 8, 16, 8, 16, "i32 i64"},
	{"variant(a:tuple(u8,f32),b:string)", 4, 12, 8, 24, "i32 i32 i32"},
	{"enum(a,b)", 1, 1, 1, 1, "i32"},
	{"option(u8)", 1, 2, 1, 2, "i32 i32"},
	{"option(u64)", 8, 16, 8, 16, "i32 i64"},
	{"option(option(u16))", 2, 6, 2, 6, "i32 i32 i32"},
	{"result(_,_)", 1, 1, 1, 1, "i32"},
	{"result(u8,u32)", 4, 8, 4, 8, "i32 i32"},
	{"result(string,f64)", 8, 16, 8, 24, "i32 i64 i32"},
	{"map(u8,u16)", 4, 8, 8, 16, "i32 i32"},
	{"flags(a)", 1, 1, 1, 1, "i32"},
	{"flags(a,b,c,d,e,f,g,h)", 1, 1, 1, 1, "i32"},
	{"flags(a,b,c,d,e,f,g,h,i)", 2, 2, 2, 2, "i32"},
	{"flags(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q)", 4, 4, 4, 4, "i32"},
	{"flags(" TIMES_32 ")", 4, 4, 4, 4, "i32"},
	{"record(a:option(string),b:list(u8),c:flags(a,b))", 4, 24, 8, 48,
		"i32 i32 i32 i32 i32 i32"},
};

START_TEST(layouts_are_the_definitions)
{
	world_begin();
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		ValType *t = T(layouts[i].type);
		struct memory *m = memory_new("", 0, 0, i32, utf8);
		ck_assert_msg(alignment(t, i32) == layouts[i].alignment32, "%s", layouts[i].type);
		ck_assert_msg(elem_size(t, i32) == layouts[i].size32, "%s", layouts[i].type);
		ck_assert_msg(alignment(t, i64) == layouts[i].alignment64, "%s", layouts[i].type);
		ck_assert_msg(elem_size(t, i64) == layouts[i].size64, "%s", layouts[i].type);
		ck_assert_str_eq(flat_text(flatten_type(t, m->opts)), layouts[i].flat32);
	}
	world_end();
}
END_TEST

static ValType *
enum_of(uint32_t n)
{
	ValType *t = type_of(EnumType);
	for (uint32_t i = 0; i < n; i++)
		vec_push(world, &t->labels, "x");
	return t;
}

START_TEST(discriminants_grow_behind_256_and_65536)
{
	static const struct {
		uint32_t cases;
		int size;
	} rows[] = {
		{1, 1}, {2, 1}, {255, 1}, {256, 1}, {257, 2}, {65535, 2}, {65536, 2}, {65537, 4}};
	world_begin();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_int_eq((int)elem_size(enum_of(rows[i].cases), i32), rows[i].size);
		ck_assert_int_eq((int)alignment(enum_of(rows[i].cases), i32), rows[i].size);
	}
	world_end();
}
END_TEST

static ValTypes
repeated(const char *type, uint32_t n)
{
	ValTypes ts = {0};
	for (uint32_t i = 0; i < n; i++)
		vec_push(world, &ts, T(type));
	return ts;
}

static const char *
functype_text(
	const CanonicalOptions *opts, uint32_t nparams, const char *result, FlattenContext context)
{
	ValTypes ps = repeated("u8", nparams);
	vec_push(world, &ps, (ValType *)NULL);
	FuncType *ft = functype(opts->async_, result ? T(result) : NULL, ps.data);
	CoreFuncType flat = flatten_functype(opts, ft, context);
	return arena_printf(world, "%u:%s", flat.params.len, flat_text(flat.results));
}

START_TEST(functions_flatten_up_to_the_limits)
{
	world_begin();
	CanonicalOptions *opts = memory_new("", 0, 0, i64, utf8)->opts;
	ck_assert_str_eq(functype_text(opts, 16, "u8", context_lift), "16:i32");
	ck_assert_str_eq(functype_text(opts, 17, NULL, context_lift), "1:");
	ck_assert_str_eq(functype_text(opts, 16, "string", context_lift), "16:i64");
	ck_assert_str_eq(functype_text(opts, 16, "string", context_lower), "17:");
	ck_assert_str_eq(functype_text(opts, 17, "string", context_lower), "2:");
	opts->async_ = true;
	ck_assert_str_eq(functype_text(opts, 16, "u8", context_lift), "16:");
	ck_assert_str_eq(functype_text(opts, 4, NULL, context_lower), "4:i32");
	ck_assert_str_eq(functype_text(opts, 5, NULL, context_lower), "1:i32");
	ck_assert_str_eq(functype_text(opts, 4, "u8", context_lower), "5:i32");
	opts->callback = arena_new_of(world, CoreFuncInst);
	ck_assert_str_eq(functype_text(opts, 17, "u8", context_lift), "1:i32");
	world_end();
}
END_TEST

START_TEST(predicates_look_inside)
{
	world_begin();
	ValType *borrow = handle_type(BorrowType, ResourceType_new(world, NULL, NULL));
	ValType *list = type_of(ListType), *option = type_of(OptionType),
		*stream = type_of(StreamType);
	list->t = borrow;
	option->t = list;
	stream->t = T("u8");
	ck_assert(contains_borrow(option));
	ck_assert(!contains_async_value(option));
	list->t = stream;
	ck_assert(contains_async_value(option));
	ck_assert(!contains_borrow(option));
	ck_assert(!contains_borrow(T("record(a:list(string),b:result(_,u8))")));
	world_end();
}
END_TEST

START_TEST(core_values_have_their_types)
{
	world_begin();
	CoreTypes ts = flatten_type(T("tuple(u8,f64)"), memory_new("", 0, 0, i32, utf8)->opts);
	CoreValues vs = {0};
	append(&vs, ((CoreValue){i32, 0}));
	ck_assert(!types_match_values(ts, vs));
	append(&vs, ((CoreValue){i64, 0}));
	ck_assert(!types_match_values(ts, vs));
	vs.data[1].t = f64;
	ck_assert(types_match_values(ts, vs));
	world_end();
}
END_TEST

START_TEST(types_are_equal_by_structure)
{
	static const char *const types[] = {"u8", "list(u8)", "list(u8,2)", "list(u8,3)",
		"tuple(u8,u8)", "record(a:u8,b:u8)", "record(a:u8,c:u8)", "variant(a:u8)",
		"variant(a)", "enum(a)", "enum(b)", "flags(a)", "option(u8)", "option(u16)",
		"result(u8,_)", "result(_,u8)", "map(u8,u16)", "map(u16,u8)"};
	size_t n = sizeof types / sizeof *types;
	world_begin();
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < n; k++)
			ck_assert_msg(ValType___eq__(T(types[i]), T(types[k])) == (i == k),
				"%s and %s", types[i], types[k]);
		ck_assert(!ValType___eq__(NULL, T(types[i])));
	}
	ck_assert(ValType___eq__(NULL, NULL));
	world_end();
}
END_TEST

START_TEST(options_are_equal_by_encoding_and_memory)
{
	world_begin();
	CanonicalOptions *a = memory_new("", 0, 0, i32, utf8)->opts, b = *a;
	b.async_ = true;
	b.realloc = NULL;
	ck_assert(LiftOptions_equal(a, &b));
	b.string_encoding = utf16;
	ck_assert(!LiftOptions_equal(a, &b));
	ck_assert(!LiftOptions_equal(a, memory_new("", 0, 0, i32, utf8)->opts));
	ck_assert_int_eq((int)ptr_size(i32), 4);
	ck_assert_int_eq((int)MemInst_ptr_size(memory_new("", 0, 9, i64, utf8)->opts->memory), 8);
	ck_assert_int_eq((int)MemInst___len__(memory_new("", 0, 9, i64, utf8)->opts->memory), 9);
	world_end();
}
END_TEST

UNIT_MAIN("cabi/layout", layouts_are_the_definitions, discriminants_grow_behind_256_and_65536,
	functions_flatten_up_to_the_limits, predicates_look_inside, core_values_have_their_types,
	types_are_equal_by_structure, options_are_equal_by_encoding_and_memory)
