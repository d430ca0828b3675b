/* storing_strings.c - CanonicalABI.md, "Storing": the strings, in three encodings with nine
 * ways from one to another. */
#include "cabi/short.h"

#include <string.h>

#include "cabi/codec.h"

/// ## Storing

static uint8_t *
mem_at(LiftLowerContext *cx, num ptr)
{
	return cx->opts->memory->bytes->data + ptr;
}

/* cx.opts.memory[ptr+from : ptr+len(e)] = e[from : ] */
static void
put_from(LiftLowerContext *cx, num ptr, Encoded e, num from)
{
	if (e.len > from)
		memcpy(mem_at(cx, ptr + from), e.bytes + from, (size_t)(e.len - from));
}

void
store_string(LiftLowerContext *cx, const String *v, num ptr)
{
	Range r = store_string_into_range(cx, v);
	store_int(cx, r.ptr, ptr, MemInst_ptr_size(cx->opts->memory), false);
	store_int(cx, r.length, ptr + MemInst_ptr_size(cx->opts->memory),
		MemInst_ptr_size(cx->opts->memory), false);
}

Range
store_string_into_range(LiftLowerContext *cx, const String *v)
{
	/* C: spec/lazy.md */
	if (cx->opts->lazy)
		return lower_string_lazily(cx, v);
	const String *src = v;
	StringEncoding src_encoding = v->encoding, src_simple_encoding;
	num src_tagged_code_units = v->tagged_code_units, src_code_units;
	num tag = utf16_tag(MemInst_ptr_type(cx->opts->memory));

	if (src_encoding == latin1_utf16) {
		if (src_tagged_code_units & tag) {
			src_simple_encoding = utf16;
			src_code_units = src_tagged_code_units ^ tag;
		} else {
			src_simple_encoding = latin1;
			src_code_units = src_tagged_code_units;
		}
	} else {
		src_simple_encoding = src_encoding;
		src_code_units = src_tagged_code_units;
	}

	switch (cx->opts->string_encoding) {
	case utf8:
		switch (src_simple_encoding) {
		case utf8: return store_string_copy(cx, src, src_code_units, 1, 1, utf8);
		case utf16: return store_utf16_to_utf8(cx, src, src_code_units);
		default: return store_latin1_to_utf8(cx, src, src_code_units);
		}
	case utf16:
		switch (src_simple_encoding) {
		case utf8: return store_utf8_to_utf16(cx, src, src_code_units);
		case utf16: return store_string_copy(cx, src, src_code_units, 2, 2, utf16);
		default: return store_string_copy(cx, src, src_code_units, 2, 2, utf16);
		}
	default:
		switch (src_encoding) {
		case utf8: return store_string_to_latin1_or_utf16(cx, src, src_code_units);
		case utf16: return store_string_to_latin1_or_utf16(cx, src, src_code_units);
		default:
			switch (src_simple_encoding) {
			case latin1:
				return store_string_copy(cx, src, src_code_units, 1, 2, latin1);
			default:
				return store_probably_utf16_to_latin1_or_utf16(
					cx, src, src_code_units);
			}
		}
	}
}

Range
store_string_copy(LiftLowerContext *cx, const String *src, num src_code_units,
	num dst_code_unit_size, num dst_alignment, StringEncoding dst_encoding)
{
	num dst_byte_length = dst_code_unit_size * src_code_units;
	assert(dst_byte_length <= REALLOC_I32_MAX);
	num ptr = LiftLowerContext_allocate(cx, dst_alignment, dst_byte_length);
	trap_if(ptr != align_to(ptr, dst_alignment));
	trap_if(ptr + dst_byte_length > mem_len(cx));
	Encoded encoded = encode(src, dst_encoding);
	assert(dst_byte_length == encoded.len);
	put_from(cx, ptr, encoded, 0);
	return (Range){ptr, src_code_units};
}

Range
store_utf16_to_utf8(LiftLowerContext *cx, const String *src, num src_code_units)
{
	num worst_case_size = src_code_units * 3;
	return store_string_to_utf8(cx, src, src_code_units, worst_case_size);
}

Range
store_latin1_to_utf8(LiftLowerContext *cx, const String *src, num src_code_units)
{
	num worst_case_size = src_code_units * 2;
	return store_string_to_utf8(cx, src, src_code_units, worst_case_size);
}

Range
store_string_to_utf8(
	LiftLowerContext *cx, const String *src, num src_code_units, num worst_case_size)
{
	assert(src_code_units <= REALLOC_I32_MAX);
	num ptr = LiftLowerContext_allocate(cx, 1, src_code_units);
	trap_if(ptr + src_code_units > mem_len(cx));
	for (uint32_t i = 0; i < src->len; i++) {
		uint32_t code_point = String_at(src, i);
		if (code_point < 1 << 7) {
			*mem_at(cx, ptr + i) = (uint8_t)code_point;
		} else {
			assert(worst_case_size <= REALLOC_I32_MAX);
			ptr = LiftLowerContext_reallocate(
				cx, ptr, src_code_units, 1, worst_case_size);
			trap_if(ptr + worst_case_size > mem_len(cx));
			Encoded encoded = encode(src, utf8);
			put_from(cx, ptr, encoded, i);
			if (worst_case_size > encoded.len) {
				ptr = LiftLowerContext_reallocate(
					cx, ptr, worst_case_size, 1, encoded.len);
				trap_if(ptr + encoded.len > mem_len(cx));
			}
			return (Range){ptr, encoded.len};
		}
	}
	return (Range){ptr, src_code_units};
}

Range
store_utf8_to_utf16(LiftLowerContext *cx, const String *src, num src_code_units)
{
	num worst_case_size = 2 * src_code_units;
	assert(worst_case_size <= REALLOC_I32_MAX);
	num ptr = LiftLowerContext_allocate(cx, 2, worst_case_size);
	trap_if(ptr != align_to(ptr, 2));
	trap_if(ptr + worst_case_size > mem_len(cx));
	Encoded encoded = encode(src, utf16);
	put_from(cx, ptr, encoded, 0);
	if (encoded.len < worst_case_size) {
		ptr = LiftLowerContext_reallocate(cx, ptr, worst_case_size, 2, encoded.len);
		trap_if(ptr != align_to(ptr, 2));
		trap_if(ptr + encoded.len > mem_len(cx));
	}
	num code_units = encoded.len / 2;
	return (Range){ptr, code_units};
}

Range
store_string_to_latin1_or_utf16(LiftLowerContext *cx, const String *src, num src_code_units)
{
	assert(src_code_units <= REALLOC_I32_MAX);
	num ptr = LiftLowerContext_allocate(cx, 2, src_code_units);
	trap_if(ptr != align_to(ptr, 2));
	trap_if(ptr + src_code_units > mem_len(cx));
	num dst_byte_length = 0;
	for (uint32_t i = 0; i < src->len; i++) {
		uint32_t usv = String_at(src, i);
		if (usv < 1 << 8) {
			*mem_at(cx, ptr + dst_byte_length) = (uint8_t)usv;
			dst_byte_length += 1;
		} else {
			num worst_case_size = 2 * src_code_units;
			assert(worst_case_size <= REALLOC_I32_MAX);
			ptr = LiftLowerContext_reallocate(
				cx, ptr, src_code_units, 2, worst_case_size);
			trap_if(ptr != align_to(ptr, 2));
			trap_if(ptr + worst_case_size > mem_len(cx));
			for (num j = dst_byte_length - 1; j > -1; j--) {
				*mem_at(cx, ptr + 2 * j) = *mem_at(cx, ptr + j);
				*mem_at(cx, ptr + 2 * j + 1) = 0;
			}
			Encoded encoded = encode(src, utf16);
			put_from(cx, ptr, encoded, 2 * dst_byte_length);
			if (worst_case_size > encoded.len) {
				ptr = LiftLowerContext_reallocate(
					cx, ptr, worst_case_size, 2, encoded.len);
				trap_if(ptr != align_to(ptr, 2));
				trap_if(ptr + encoded.len > mem_len(cx));
			}
			num tagged_code_units =
				encoded.len / 2 | utf16_tag(MemInst_ptr_type(cx->opts->memory));
			return (Range){ptr, tagged_code_units};
		}
	}
	if (dst_byte_length < src_code_units) {
		ptr = LiftLowerContext_reallocate(cx, ptr, src_code_units, 2, dst_byte_length);
		trap_if(ptr != align_to(ptr, 2));
		trap_if(ptr + dst_byte_length > mem_len(cx));
	}
	return (Range){ptr, dst_byte_length};
}

static bool
any_beyond_latin1(const String *src)
{
	for (uint32_t i = 0; i < src->len; i++) {
		if (String_at(src, i) >= 1 << 8)
			return true;
	}
	return false;
}

Range
store_probably_utf16_to_latin1_or_utf16(LiftLowerContext *cx, const String *src, num src_code_units)
{
	num src_byte_length = 2 * src_code_units;
	assert(src_byte_length <= REALLOC_I32_MAX);
	num ptr = LiftLowerContext_allocate(cx, 2, src_byte_length);
	trap_if(ptr != align_to(ptr, 2));
	trap_if(ptr + src_byte_length > mem_len(cx));
	Encoded encoded = encode(src, utf16);
	put_from(cx, ptr, encoded, 0);
	if (any_beyond_latin1(src)) {
		num tagged_code_units =
			encoded.len / 2 | utf16_tag(MemInst_ptr_type(cx->opts->memory));
		return (Range){ptr, tagged_code_units};
	}
	num latin1_size = encoded.len / 2;
	for (num i = 0; i < latin1_size; i++)
		*mem_at(cx, ptr + i) = *mem_at(cx, ptr + 2 * i);
	ptr = LiftLowerContext_reallocate(cx, ptr, src_byte_length, 1, latin1_size);
	trap_if(ptr + latin1_size > mem_len(cx));
	return (Range){ptr, latin1_size};
}
