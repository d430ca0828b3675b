/* str.c - see str.h. The map is open addressing with linear probing, at most half full. */
#include "base/str.h"

#include <stdio.h>

struct strmap_slot {
	struct str key;
	uint32_t value;
	bool used;
};

struct str
str_of(const char *s)
{
	return (struct str){s, strlen(s)};
}

struct str
str_dup(struct arena *a, struct str s)
{
	return (struct str){str_cstr(a, s), s.len};
}

const char *
str_cstr(struct arena *a, struct str s)
{
	return arena_strndup(a, s.ptr ? s.ptr : "", s.len);
}

bool
str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || !memcmp(a.ptr, b.ptr, a.len));
}

bool
str_is(struct str a, const char *b)
{
	return str_eq(a, str_of(b));
}

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
	return c ? c : (a.len > b.len) - (a.len < b.len);
}

bool
str_starts(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);
	return s.len >= n && !memcmp(s.ptr, prefix, n);
}

bool
str_ends(struct str s, const char *suffix)
{
	size_t n = strlen(suffix);
	return s.len >= n && !memcmp(s.ptr + s.len - n, suffix, n);
}

uint64_t
str_hash(struct str s)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (uint8_t)s.ptr[i]) * 1099511628211u;
	return h ^ h >> 32;
}

static void
strbuf_room(struct strbuf *b, size_t n)
{
	if (b->cap - b->len >= n)
		return;
	size_t cap = b->cap ? b->cap * 2 : 64;
	if (cap < b->len + n)
		cap = b->len + n;
	b->ptr = arena_grow(b->arena, b->ptr, b->len, cap);
	b->cap = cap;
}

void
strbuf_add(struct strbuf *b, const void *data, size_t len)
{
	if (len == 0)
		return;
	strbuf_room(b, len);
	memcpy(b->ptr + b->len, data, len);
	b->len += len;
}

void
strbuf_addc(struct strbuf *b, char c)
{
	strbuf_add(b, &c, 1);
}

void
strbuf_adds(struct strbuf *b, const char *s)
{
	strbuf_add(b, s, strlen(s));
}

void
strbuf_printf(struct strbuf *b, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	strbuf_room(b, (size_t)n + 1);
	vsnprintf(b->ptr + b->len, (size_t)n + 1, fmt, again);
	va_end(again);
	b->len += (size_t)n;
}

struct str
strbuf_str(const struct strbuf *b)
{
	return (struct str){b->ptr ? b->ptr : "", b->len};
}

const char *
strbuf_cstr(struct strbuf *b)
{
	strbuf_room(b, 1);
	b->ptr[b->len] = 0;
	return b->ptr;
}

static struct strmap_slot *
find_slot(const struct strmap *m, struct str key)
{
	uint32_t i = (uint32_t)str_hash(key) & (m->cap - 1);
	while (m->slots[i].used && !str_eq(m->slots[i].key, key))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

static void
grow_map(struct strmap *m)
{
	struct strmap old = *m;
	m->cap = old.cap ? old.cap * 2 : 16;
	m->slots = arena_array_of(m->arena, m->cap, struct strmap_slot);
	for (uint32_t i = 0; i < old.cap; i++) {
		if (old.slots[i].used)
			*find_slot(m, old.slots[i].key) = old.slots[i];
	}
}

bool
strmap_put(struct strmap *m, struct str key, uint32_t value)
{
	if (m->len * 2 >= m->cap)
		grow_map(m);
	struct strmap_slot *s = find_slot(m, key);
	if (s->used)
		return false;
	*s = (struct strmap_slot){key, value, true};
	m->len++;
	return true;
}

void
strmap_set(struct strmap *m, struct str key, uint32_t value)
{
	if (!strmap_put(m, key, value))
		find_slot(m, key)->value = value;
}

bool
strmap_get(const struct strmap *m, struct str key, uint32_t *value)
{
	if (!m->cap)
		return false;
	struct strmap_slot *s = find_slot(m, key);
	if (s->used && value)
		*value = s->value;
	return s->used;
}
