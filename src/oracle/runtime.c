/* runtime.c - see runtime.h. */
#define _GNU_SOURCE
#include "oracle/runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/vec.h"
#include "script/json.h"

enum {
	NOT_INSTALLED = 69,        /* an adapter's status, EX_UNAVAILABLE */
	LONGEST_ANSWER = 64 << 20, /* bytes */
	SHOWN = 300,               /* bytes of what a process printed */
	START = 30,                /* seconds that a process may take to say hello, at least */
	DEEPEST_ANSWER = 10000,    /* of nested arrays and objects */
};

struct runtime {
	struct arena *arena;
	const char *name, *version, *command;
	double timeout;
	pid_t pid;            /* 0: it does not run */
	int to, from, errors; /* its pipes; errors is -1 where it has closed that */
	char said[2 * SHOWN]; /* the end of what it printed to standard error */
	size_t nsaid;
	uint32_t starts, id;
	struct json_object *hello, *answer;
	char *line; /* what it printed and was not taken yet */
	size_t len, cap;
};

/* How a request came to an end. */
enum ended { ANSWERED, CLOSED, LATE, TOO_LONG };

/* ---- the process ---- */

static char **
words_of(struct arena *a, const char *command)
{
	VEC(char *) words = {0};
	char *rest = arena_strdup(a, command), *word;
	while ((word = strsep(&rest, " ")))
		if (*word)
			vec_push(a, &words, word);
	vec_push(a, &words, NULL);
	return words.data;
}

NORETURN static void
become(char *const *argv, int in, int out, int errors)
{
	setpgid(0, 0);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(errors, STDERR_FILENO);
	signal(SIGPIPE, SIG_DFL);
	execvp(argv[0], argv);
	fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
	_exit(NOT_INSTALLED);
}

/* Standard input, output and errors of the child. False, with errno set, where there are no more. */
static bool
make_pipes(int pipes[3][2])
{
	for (int i = 0; i < 3; i++) {
		if (!pipe2(pipes[i], O_CLOEXEC))
			continue;
		for (int why = errno; i-- > 0; errno = why) {
			close(pipes[i][0]);
			close(pipes[i][1]);
		}
		return false;
	}
	return true;
}

static bool
start_process(struct runtime *r)
{
	int pipes[3][2];
	char **argv = words_of(r->arena, r->command);
	if (!argv[0]) {
		errno = ENOENT;
		return false;
	}
	if (!make_pipes(pipes))
		return false;
	pid_t pid = fork();
	if (pid == 0)
		become(argv, pipes[0][0], pipes[1][1], pipes[2][1]);
	int why = errno;
	close(pipes[0][0]);
	close(pipes[1][1]);
	close(pipes[2][1]);
	r->to = pipes[0][1];
	r->from = pipes[1][0];
	r->errors = pipes[2][0];
	r->len = r->nsaid = 0;
	if (pid < 0) {
		close(r->to);
		close(r->from);
		close(r->errors);
		errno = why;
		return false;
	}
	setpgid(pid, pid); /* whoever of the two comes first: it may be ended at once */
	for (int i = 0; i < 3; i++)
		fcntl((const int[]){r->to, r->from, r->errors}[i], F_SETFL, O_NONBLOCK);
	r->pid = pid;
	r->starts++;
	return true;
}

/* Takes what it has printed to standard error, so that it can go on, and keeps the end of that. It may
 * print for ever: this reads no more than a pipe holds. */
static void
read_errors(struct runtime *r)
{
	char buf[4096];
	for (int i = 0; r->errors >= 0 && i < 16; i++) {
		ssize_t n = read(r->errors, buf, sizeof buf);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n <= 0) {
			close(r->errors);
			r->errors = -1;
			return;
		}
		size_t new = n < SHOWN ? (size_t)n : SHOWN;
		if (r->nsaid > SHOWN) {
			memmove(r->said, r->said + r->nsaid - SHOWN, SHOWN);
			r->nsaid = SHOWN;
		}
		memcpy(r->said + r->nsaid, buf + (size_t)n - new, new);
		r->nsaid += new;
	}
}

/* Whether it ends by itself within a second. */
static bool
ends_by_itself(struct runtime *r, int *status)
{
	const struct timespec tick = {.tv_nsec = 10000000};
	for (int i = 0; i < 100; i++) {
		if (waitpid(r->pid, status, WNOHANG) == r->pid)
			return true;
		read_errors(r);
		nanosleep(&tick, NULL);
	}
	return false;
}

/* Whether it ended by itself, where it may; its status is then there. */
static bool
end_process(struct runtime *r, bool by_force, int *status)
{
	if (!r->pid)
		return false;
	close(r->to);
	close(r->from);
	bool by_itself = !by_force && ends_by_itself(r, status);
	kill(-r->pid, SIGKILL); /* and what it has started */
	while (!by_itself && waitpid(r->pid, status, 0) < 0 && errno == EINTR)
		;
	read_errors(r);
	if (r->errors >= 0)
		close(r->errors);
	r->pid = 0;
	return by_itself;
}

static void
kill_process(struct runtime *r)
{
	int status;
	end_process(r, true, &status);
}

/* The last of what it printed to standard error; empty where there is nothing. */
static const char *
printed_errors(struct runtime *r, struct arena *a)
{
	size_t n = r->nsaid, first = n > SHOWN ? n - SHOWN : 0;
	while (n > first && (r->said[n - 1] == '\n' || r->said[n - 1] == ' '))
		n--;
	return arena_strndup(a, r->said + first, n - first);
}

/* ---- lines ---- */

/* Waits until one of the pipes is ready, or for some time; false when the time is over. */
static bool
wait_for(struct runtime *r, bool to_write, double end)
{
	enum { LONGEST = 3600 };
	struct pollfd fds[] = {{.fd = r->from, .events = POLLIN},
		{.fd = r->errors, .events = POLLIN},
		{.fd = to_write ? r->to : -1, .events = POLLOUT}};
	double left = r->timeout > 0 ? end - clock_seconds() : LONGEST;
	if (left <= 0)
		return false;
	left = left < LONGEST ? left : LONGEST;
	return poll(fds, 3, (int)(left * 1000) + 1) >= 0 || errno == EINTR;
}

static bool
read_more(struct runtime *r)
{
	if (r->cap - r->len < 4096) {
		char *grown = realloc(r->line, r->cap * 2 + 8192);
		if (!grown)
			abort();
		r->line = grown;
		r->cap = r->cap * 2 + 8192;
	}
	ssize_t n = read(r->from, r->line + r->len, r->cap - r->len);
	if (n > 0)
		r->len += (size_t)n;
	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

/* Whether the pipe still takes something. */
static bool
write_more(struct runtime *r, const char *text, size_t len, size_t *done)
{
	ssize_t n = write(r->to, text + *done, len - *done);
	if (n > 0)
		*done += (size_t)n;
	return n > 0 || errno == EAGAIN || errno == EINTR;
}

/* Writes a line, and reads one. */
static enum ended
exchange(struct runtime *r, const char *text, size_t len, size_t *answer)
{
	double end = clock_seconds() + r->timeout;
	size_t done = 0, seen = 0;
	for (;;) {
		char *newline = memchr(r->line ? r->line + seen : "", '\n', r->len - seen);
		if (newline) {
			*answer = (size_t)(newline - r->line);
			return ANSWERED;
		}
		seen = r->len;
		if (r->len > LONGEST_ANSWER)
			return TOO_LONG;
		if (!wait_for(r, done < len, end))
			return LATE;
		read_errors(r);
		/* Where it reads no more, it may still have answered. */
		if (done < len && !write_more(r, text, len, &done))
			done = len;
		if (!read_more(r))
			return CLOSED;
	}
}

/* ---- answers ---- */

static struct runtime_answer
crashed(struct runtime *r, struct arena *a)
{
	int status = 0;
	const char *how = "closed its output";
	if (end_process(r, false, &status))
		how = WIFSIGNALED(status)
			      ? arena_printf(a, "signal %d, %s", WTERMSIG(status),
					strsignal(WTERMSIG(status)))
			      : arena_printf(a, "ended with status %d", WEXITSTATUS(status));
	const char *errors = printed_errors(r, a);
	return (struct runtime_answer){
		.outcome = "crash", .text = *errors ? arena_printf(a, "%s: %s", how, errors) : how};
}

static struct runtime_answer
garbage(struct runtime *r, struct arena *a, const char *why, size_t len)
{
	const char *line = arena_strndup(a, r->line ? r->line : "", len > SHOWN ? SHOWN : len);
	kill_process(r);
	return (struct runtime_answer){
		.outcome = "garbage", .text = arena_printf(a, "%s: %s", why, line)};
}

static struct runtime_answer
late(struct runtime *r, struct arena *a)
{
	kill_process(r);
	return (struct runtime_answer){.outcome = "timeout",
		.text = arena_printf(a, "no answer within %g seconds", r->timeout)};
}

static const char *
text_member(struct json_object *o, struct arena *a, const char *key)
{
	struct json_object *v;
	if (!json_object_object_get_ex(o, key, &v) || !json_object_is_type(v, json_type_string))
		return NULL;
	return arena_strdup(a, json_object_get_string(v));
}

static struct json_object *
parse_line(const char *line, size_t len)
{
	struct json_tokener *t = json_tokener_new_ex(DEEPEST_ANSWER);
	json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	struct json_object *o = json_tokener_parse_ex(t, line, (int)len + 1);
	bool good = json_tokener_get_error(t) == json_tokener_success;
	json_tokener_free(t);
	if (good)
		return o;
	json_object_put(o);
	return NULL;
}

static struct runtime_answer
read_answer(struct runtime *r, struct arena *a, size_t len)
{
	struct json_object *id;
	r->line[len] = 0;
	r->answer = parse_line(r->line, len);
	if (!r->answer)
		return garbage(r, a, "no JSON", len);
	if (!json_object_object_get_ex(r->answer, "id", &id) ||
		!json_object_is_type(id, json_type_int) || json_object_get_uint64(id) != r->id)
		return garbage(r, a, "an answer to another request", len);
	struct runtime_answer out = {.outcome = text_member(r->answer, a, "outcome"),
		.text = text_member(r->answer, a, "text"),
		.json = r->answer};
	if (!out.outcome)
		return garbage(r, a, "no outcome", len);
	r->len -= len + 1;
	memmove(r->line, r->line + len + 1, r->len);
	return out;
}

static struct runtime_answer
ask_running(struct runtime *r, struct arena *a, const char *members)
{
	struct strbuf request = {.arena = arena_new(0)};
	size_t len = 0;
	json_object_put(r->answer);
	r->answer = NULL;
	strbuf_printf(&request, "{\"id\":%u,", ++r->id);
	strbuf_adds(&request, members);
	strbuf_adds(&request, "}\n");
	enum ended how = exchange(r, request.ptr, request.len, &len);
	arena_free(request.arena);
	switch (how) {
	case ANSWERED: return read_answer(r, a, len);
	case CLOSED: return crashed(r, a);
	case LATE: return late(r, a);
	default: return garbage(r, a, "a line that does not end", r->len);
	}
}

static struct runtime_answer
greet(struct runtime *r, struct arena *a)
{
	if (!start_process(r))
		return (struct runtime_answer){.outcome = "crash", .text = strerror(errno)};
	/* It has to load what it is made of. */
	double timeout = r->timeout;
	if (timeout > 0 && timeout < START)
		r->timeout = START;
	struct runtime_answer hello = ask_running(r, a, "\"do\":\"hello\",\"protocol\":1");
	r->timeout = timeout;
	return hello;
}

struct runtime_answer
runtime_ask(struct runtime *r, struct arena *a, const char *members)
{
	if (!r->pid) {
		struct runtime_answer hello = greet(r, a);
		if (strcmp(hello.outcome, "hello"))
			return hello;
	}
	return ask_running(r, a, members);
}

/* ---- the runtime ---- */

static bool
lists(const struct runtime *r, const char *key, const char *name)
{
	struct json_object *list;
	return json_object_object_get_ex(r->hello, key, &list) &&
	       json_object_is_type(list, json_type_array) && json_has_text(list, name);
}

struct runtime *
runtime_start(
	struct arena *a, const char *name, const char *command, double timeout, const char **why)
{
	struct runtime *r = calloc(1, sizeof *r);
	if (!r)
		abort();
	signal(SIGPIPE, SIG_IGN);
	r->arena = arena_new(0);
	r->name = arena_strdup(r->arena, name);
	r->command = arena_strdup(r->arena, command);
	r->timeout = timeout;
	struct runtime_answer hello = greet(r, a);
	if (!strcmp(hello.outcome, "hello")) {
		r->hello = json_object_get(hello.json);
		r->version = text_member(hello.json, r->arena, "version");
		return r;
	}
	*why = hello.text ? hello.text : hello.outcome;
	runtime_end(r);
	return NULL;
}

void
runtime_end(struct runtime *r)
{
	if (!r)
		return;
	kill_process(r);
	json_object_put(r->hello);
	json_object_put(r->answer);
	free(r->line);
	arena_free(r->arena);
	free(r);
}

const char *
runtime_name(const struct runtime *r)
{
	return r->name;
}

const char *
runtime_version(const struct runtime *r)
{
	return r->version ? r->version : "unknown";
}

bool
runtime_accepts(const struct runtime *r, const char *what)
{
	return lists(r, "accepts", what);
}

bool
runtime_has_feature(const struct runtime *r, const char *feature)
{
	return lists(r, "features", feature);
}

bool
runtime_has_always(const struct runtime *r, const char *feature)
{
	return lists(r, "always", feature);
}

uint32_t
runtime_starts(const struct runtime *r)
{
	return r->pid ? r->starts : r->starts + 1;
}
