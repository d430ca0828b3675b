/* wire.c - see wire.h. A record is its numbers and then its texts, each a length plus one (0 for
 * null) and the bytes. */
#include "script/wire.h"

#define TEXT(field) offsetof(struct record, field)

static const size_t texts[] = {TEXT(kind), TEXT(phase), TEXT(expected), TEXT(actual),
	TEXT(trap_class), TEXT(trap_site), TEXT(section), TEXT(choices), TEXT(known),
	TEXT(leans_on)};

enum { TEXTS = sizeof texts / sizeof *texts };

static const char **
text_at(struct record *rec, int i)
{
	return (const char **)((char *)rec + texts[i]);
}

/* ---- writing ---- */

void
wire_write_u32(FILE *out, uint32_t value)
{
	fwrite(&value, sizeof value, 1, out);
}

static void
write_text(FILE *out, const char *text)
{
	size_t n = text ? strlen(text) : 0;
	wire_write_u32(out, text ? (uint32_t)n + 1 : 0);
	fwrite(text ? text : "", 1, n, out);
}

static void
write_record(FILE *out, struct record rec)
{
	wire_write_u32(out, rec.line);
	wire_write_u32(out, rec.column);
	wire_write_u32(out, rec.outcome);
	wire_write_u32(out, rec.refused);
	wire_write_u32(out, rec.internal);
	for (int i = 0; i < TEXTS; i++)
		write_text(out, *text_at(&rec, i));
}

void
wire_write(FILE *out, const struct file_report *f)
{
	wire_write_u32(out, f->records.len);
	for (uint32_t i = 0; i < f->records.len; i++)
		write_record(out, f->records.data[i]);
}

/* ---- reading ---- */

bool
wire_read_u32(struct str *in, uint32_t *value)
{
	if (in->len < sizeof *value)
		return false;
	memcpy(value, in->ptr, sizeof *value);
	*in = (struct str){in->ptr + sizeof *value, in->len - sizeof *value};
	return true;
}

static bool
read_text(struct arena *a, struct str *in, const char **text)
{
	uint32_t n;
	*text = NULL;
	if (!wire_read_u32(in, &n))
		return false;
	if (!n)
		return true;
	if (in->len < --n)
		return false;
	*text = arena_strndup(a, in->ptr, n);
	*in = (struct str){in->ptr + n, in->len - n};
	return true;
}

static bool
read_record(struct arena *a, struct str *in, struct record *rec)
{
	uint32_t outcome, internal;
	*rec = (struct record){0};
	bool good = wire_read_u32(in, &rec->line) && wire_read_u32(in, &rec->column) &&
		    wire_read_u32(in, &outcome) && wire_read_u32(in, &rec->refused) &&
		    wire_read_u32(in, &internal) && outcome < OUTCOME_COUNT;
	for (int i = 0; good && i < TEXTS; i++)
		good = read_text(a, in, text_at(rec, i));
	if (!good || !rec->kind || !rec->phase)
		return false;
	rec->outcome = (enum outcome)outcome;
	rec->internal = internal != 0;
	return true;
}

bool
wire_read(struct arena *a, struct str *in, struct file_report *f)
{
	uint32_t n;
	bool good = wire_read_u32(in, &n);
	for (uint32_t i = 0; good && i < n; i++) {
		struct record rec;
		good = read_record(a, in, &rec);
		if (good)
			vec_push(a, &f->records, rec);
	}
	return good;
}
