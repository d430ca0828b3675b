/* abi.c - canon abi: the definitions of the Canonical ABI as a calculator. Options become the same
 * request that a line of standard input is. spec/abi.md. */
#define _GNU_SOURCE
#include "cmd/abi.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/choose.h"
#include "base/fiber.h"
#include "cmd/cmd.h"
#include "script/catalogue.h"

static const char help[] =
	"usage: canon abi [options] TYPE      one answer\n"
	"       canon abi [--seed N]          a request and an answer a line, as JSON objects\n"
	"\n"
	"What the Canonical ABI does with a type, in the text format: u32, (list string),\n"
	"(func (param \"x\" u8)); (own $r) is a handle of another instance's resource, (own "
	"$local)\n"
	"of its own. Without one of the first four options: alignment, size and core types.\n"
	"\n"
	"  --lower VALUE      the core values of a value, and what was stored for it\n"
	"  --store VALUE      the bytes of a value, at --ptr\n"
	"  --lift VALUES      the value of core values, a JSON array\n"
	"  --load             the value at --ptr\n"
	"  --ptr N            where to load or to store\n"
	"  --bytes HEX        what is in memory, from --bytes-at N (0) on\n"
	"  --memory i32|i64   the type of addresses          --memory-size N   bytes (65536)\n"
	"  --encoding utf8|utf16|latin1+utf16                of strings in memory\n"
	"  --source-encoding utf8|utf16|latin1+utf16|latin1  of strings that are lowered\n"
	"  --async            the async option\n"
	"  --heap N           where realloc begins           --realloc [N,...]  what it returns\n"
	"  --handles [...]    the table of handles\n"
	"  --part params|results   of a function             --max-flat N       core values at "
	"most\n"
	"  --out N            the pointer that the caller gives for results\n"
	"  --seed N           0 (the default) takes the first of every choice\n"
	"  --help             this text\n"
	"\n"
	"Values are JSON: 64-bit integers may be strings, a NaN is \"nan:0x7fc00000\", a variant "
	"is\n"
	"{\"label\": payload}, a handle a number. Exit status: 0; 1 a request could not be "
	"answered;\n"
	"2 usage.\n";

/* Options are members of the request: `value` is JSON where `json` says so, otherwise text. */
static const struct {
	const char *name, *key;
	bool json;
	const char *op; /* what it asks for; or null */
} members[] = {
	{"lower", "value", true, "lower"},
	{"store", "value", true, "store"},
	{"lift", "flat", true, "lift"},
	{"load", NULL, false, "load"},
	{"async", "async", false, NULL},
	{"ptr", "ptr", false, NULL},
	{"bytes", "bytes", false, NULL},
	{"bytes-at", "bytes_at", false, NULL},
	{"memory", "memory", false, NULL},
	{"memory-size", "memory_size", false, NULL},
	{"encoding", "encoding", false, NULL},
	{"source-encoding", "source_encoding", false, NULL},
	{"heap", "heap", false, NULL},
	{"realloc", "realloc", true, NULL},
	{"handles", "handles", true, NULL},
	{"part", "part", false, NULL},
	{"max-flat", "max_flat", false, NULL},
	{"out", "out", false, NULL},
};

#define NMEMBERS ((int)(sizeof members / sizeof *members))

enum { OPT_SEED = NMEMBERS + 1, OPT_HELP };

struct settings {
	struct json_object *request;
	uint64_t seed;
	bool help, has_members;
};

static bool
usage(const char *what, const char *about)
{
	fprintf(stderr,
		"canon abi: %s %s\nusage: canon abi [options] [TYPE]    (canon abi --help)\n", what,
		about);
	return false;
}

static bool
takes_nothing(int i)
{
	return !members[i].key || !strcmp(members[i].key, "async");
}

static void
fill_long_options(struct option *options)
{
	for (int i = 0; i < NMEMBERS; i++)
		options[i] = (struct option){members[i].name,
			takes_nothing(i) ? no_argument : required_argument, NULL, i + 1};
	options[NMEMBERS] = (struct option){"seed", required_argument, NULL, OPT_SEED};
	options[NMEMBERS + 1] = (struct option){"help", no_argument, NULL, OPT_HELP};
	options[NMEMBERS + 2] = (struct option){0};
}

static bool
add_member(struct settings *s, int i, const char *text)
{
	struct json_object *value = NULL;
	if (members[i].op)
		json_object_object_add(s->request, "op", json_object_new_string(members[i].op));
	s->has_members = true;
	if (!members[i].key)
		return true;
	if (!text)
		value = json_object_new_boolean(true);
	else if (members[i].json)
		value = json_tokener_parse(text);
	else
		value = json_object_new_string(text);
	if (!value)
		return usage("this is no JSON:", text);
	json_object_object_add(s->request, members[i].key, value);
	return true;
}

static bool
read_seed(struct settings *s, const char *text)
{
	char *end;
	s->seed = strtoull(text, &end, 10);
	return (*text >= '0' && *text <= '9' && !*end) || usage("--seed takes a number, not", text);
}

static bool
read_options(struct settings *s, int argc, char **argv)
{
	struct option options[NMEMBERS + 3];
	int option;
	fill_long_options(options);
	optind = 1;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		bool good = true;
		if (option == ':' || option == '?')
			return usage(option == ':' ? "a value is missing:" : "unknown option",
				argv[optind - 1]);
		if (option == OPT_HELP)
			s->help = true;
		else if (option == OPT_SEED)
			good = read_seed(s, optarg);
		else
			good = add_member(s, option - 1, optarg);
		if (!good)
			return false;
	}
	if (argc - optind > 1)
		return usage("one TYPE is enough:", argv[optind + 1]);
	if (argc == optind && s->has_members)
		return usage("a TYPE", "is missing");
	return true;
}

/* ---- requests ---- */

static bool
print_answer(struct json_object *answer, int style)
{
	bool good = !abi_member(answer, "error");
	puts(json_object_to_json_string_ext(answer, style | JSON_C_TO_STRING_NOSLASHESCAPE));
	fflush(stdout);
	json_object_put(answer);
	return good;
}

static bool
answer_line(const char *line, size_t len, uint64_t seed)
{
	struct json_tokener *tokener = json_tokener_new_ex(1000);
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	struct json_object *o = json_tokener_parse_ex(tokener, line, (int)len);
	enum json_tokener_error e = json_tokener_get_error(tokener);
	bool whole = e == json_tokener_success && json_tokener_get_parse_end(tokener) == len;
	choose_seed(seed);
	struct json_object *answer =
		whole ? abi_answer(o)
		      : abi_error("request", e == json_tokener_success
						     ? "there is more than one JSON value"
						     : json_tokener_error_desc(e));
	json_object_put(o);
	json_tokener_free(tokener);
	return print_answer(answer, JSON_C_TO_STRING_PLAIN);
}

static bool
is_blank(const char *line)
{
	return line[strspn(line, " \t\r\n")] == 0;
}

static int
answer_lines(uint64_t seed)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;
	bool good = true;
	while ((len = getline(&line, &cap, stdin)) >= 0) {
		if (!is_blank(line) && !answer_line(line, (size_t)len, seed))
			good = false;
	}
	free(line);
	if (!feof(stdin)) {
		fprintf(stderr, "canon abi: standard input: %s\n", strerror(errno));
		return STATUS_FAILED;
	}
	return good ? STATUS_OK : STATUS_UNEXPECTED;
}

int
cmd_abi(int argc, char **argv)
{
	struct settings s = {.request = json_object_new_object()};
	int status = STATUS_USAGE;
	catalogue_install();
	bool good = read_options(&s, argc, argv);
	if (good && s.help) {
		fputs(help, stdout);
		status = STATUS_OK;
	} else if (good && argc == optind) {
		status = answer_lines(s.seed);
	} else if (good) {
		json_object_object_add(s.request, "type", json_object_new_string(argv[optind]));
		choose_seed(s.seed);
		good = print_answer(abi_answer(s.request), JSON_C_TO_STRING_SPACED);
		status = good ? STATUS_OK : STATUS_UNEXPECTED;
	}
	json_object_put(s.request);
	fiber_release_pool();
	choose_release();
	return status;
}
