/* json - writes a document of objects, arrays, strings and numbers, reads it into a tree with a parser by
 * recursive descent, and walks the tree. */
#include "core.h"

#define TEXT  (256 * 1024)
#define NODES 32768

enum kind { NONE, NUMBER, STRING, ARRAY, OBJECT, WORD };

struct node {
	enum kind kind;
	const char *name, *text;
	uint32_t name_length, length;
	double number;
	struct node *first, *next;
};

static char text[TEXT], *end;
static struct node nodes[NODES], *unused;

/* Writing. */

static void
put(const char *s)
{
	while (*s)
		*end++ = *s++;
}

static void
put_number(int32_t n)
{
	char digits[12];
	int count = 0;
	if (n < 0)
		*end++ = '-';
	uint32_t rest = n < 0 ? 0u - (uint32_t)n : (uint32_t)n;
	do {
		digits[count++] = (char)('0' + rest % 10);
	} while (rest /= 10);
	while (count)
		*end++ = digits[--count];
}

static void
put_person(uint32_t id)
{
	put("  { \"id\": ");
	put_number((int32_t)id);
	put(", \"name\": \"Person \\\"");
	put_number((int32_t)(next_random() % 1000));
	put("\\\" \\u00e9\", \"height\": ");
	put_number((int32_t)(next_random() % 200));
	put(".");
	put_number((int32_t)(next_random() % 100));
	put("e-1, \"tags\": [");
	for (uint32_t i = next_random() % 6; i > 0; i--)
		put(i & 1 ? " \"odd\"," : " \"even\",");
	put(next_random() & 1 ? " true ]" : " null ]");
	put(", \"at\": { \"x\": ");
	put_number((int32_t)next_random() >> 8);
	put(", \"y\": -17 } },\n");
}

static void
write_document(void)
{
	end = text;
	put("[\n");
	for (uint32_t id = 0; end < text + TEXT - 512; id++)
		put_person(id);
	put("  false\n]\n");
	*end = 0;
}

/* Reading. A null pointer is a syntax error. */

static struct node *parse_value(const char **at);

static const char *
skip(const char *at)
{
	while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')
		at++;
	return at;
}

static const char *
skip_string(const char *at)
{
	while (*at != '"') {
		if (*at == '\\')
			at++;
		if (!*at++)
			return NULL;
	}
	return at;
}

static struct node *
new_node(enum kind kind, const char *at)
{
	struct node *n = unused++;
	n->kind = kind;
	n->name = NULL;
	n->name_length = 0;
	n->text = at;
	n->length = 0;
	n->number = 0;
	n->first = n->next = NULL;
	return n;
}

static double
parse_digits(const char **at, double value, int *count)
{
	for (*count = 0; **at >= '0' && **at <= '9'; ++*count)
		value = value * 10 + (*(*at)++ - '0');
	return value;
}

static struct node *
parse_number(const char **at)
{
	struct node *n = new_node(NUMBER, *at);
	int minus = **at == '-', count, places = 0;
	*at += minus;
	n->number = parse_digits(at, 0, &count);
	if (!count)
		return NULL;
	if (**at == '.') {
		++*at;
		n->number = parse_digits(at, n->number, &places);
	}
	if (**at == 'e') {
		int down = *++*at == '-';
		*at += down;
		int exponent = (int)parse_digits(at, 0, &count);
		places += down ? exponent : -exponent;
	}
	for (; places > 0; places--)
		n->number /= 10;
	if (minus)
		n->number = -n->number;
	n->length = (uint32_t)(*at - n->text);
	return n;
}

static struct node *
parse_string(const char **at)
{
	struct node *n = new_node(STRING, ++*at);
	const char *close = skip_string(*at);
	if (!close)
		return NULL;
	n->length = (uint32_t)(close - *at);
	*at = close + 1;
	return n;
}

static struct node *
parse_word(const char **at)
{
	struct node *n = new_node(WORD, *at);
	while (**at >= 'a' && **at <= 'z')
		++*at;
	n->length = (uint32_t)(*at - n->text);
	return n->length ? n : NULL;
}

static struct node *
parse_member(const char **at)
{
	if (**at != '"')
		return NULL;
	const char *name = ++*at, *close = skip_string(name);
	if (!close)
		return NULL;
	*at = skip(close + 1);
	if (*(*at)++ != ':')
		return NULL;
	struct node *n = parse_value(at);
	if (n) {
		n->name = name;
		n->name_length = (uint32_t)(close - name);
	}
	return n;
}

static struct node *
parse_group(const char **at, enum kind kind, char close)
{
	struct node *group = new_node(kind, *at), **last = &group->first;
	*at = skip(*at + 1);
	while (**at != close) {
		struct node *n = kind == OBJECT ? parse_member(at) : parse_value(at);
		if (!n)
			return NULL;
		*last = n;
		last = &n->next;
		group->length++;
		*at = skip(*at);
		if (**at == ',')
			*at = skip(*at + 1);
	}
	++*at;
	return group;
}

static struct node *
parse_value(const char **at)
{
	*at = skip(*at);
	switch (**at) {
	case '{': return parse_group(at, OBJECT, '}');
	case '[': return parse_group(at, ARRAY, ']');
	case '"': return parse_string(at);
	case '-':
	case '0' ... '9': return parse_number(at);
	default: return parse_word(at);
	}
}

static uint32_t
digest(const struct node *n, uint32_t sum)
{
	sum = mix(sum, n->kind);
	for (uint32_t i = 0; i < n->name_length; i++)
		sum = mix(sum, (uint8_t)n->name[i]);
	if (n->kind == NUMBER)
		return mix(sum, (uint32_t)(int32_t)(n->number * 100));
	for (const struct node *m = n->first; m; m = m->next)
		sum = digest(m, sum);
	return mix(sum, n->length);
}

__attribute__((export_name("run"))) uint32_t
run(void)
{
	uint32_t sum = 0;
	for (int i = 0; i < 20; i++) {
		const char *at = text;
		write_document();
		unused = nodes;
		struct node *all = parse_value(&at);
		if (!all)
			return 0;
		sum = mix(digest(all, sum), all->length);
		sum = mix(sum, (uint32_t)(unused - nodes));
	}
	return sum;
}
