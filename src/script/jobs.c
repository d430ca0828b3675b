/* jobs.c - see jobs.h. A process runs one file, writes its records and the counts of trap sites into
 * a pipe, and is gone. */
#define _POSIX_C_SOURCE 200809L
#include "script/jobs.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/site.h"
#include "base/str.h"
#include "script/wire.h"

struct job {
	struct arena *arena;
	struct strbuf got; /* what came through the pipe */
	bool over;
	int status;      /* as of waitpid */
	const char *why; /* of one that could not be started */
};

struct worker {
	pid_t pid;
	int fd;
	uint32_t job;
};

struct pool {
	struct report *report;
	const char *const *paths;
	const struct run_options *options;
	struct job *jobs; /* one for each path */
	struct worker workers[JOBS_MAX];
	uint32_t running;
};

/* ---- being ended ---- */

/* Who ends this process ends its workers, which nobody else may know. */
static volatile sig_atomic_t to_kill[JOBS_MAX];

static const int endings[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};

enum { ENDINGS = sizeof endings / sizeof *endings };

static void
end_all(int signal_number)
{
	for (int i = 0; i < JOBS_MAX; i++)
		if (to_kill[i])
			kill(to_kill[i], SIGKILL);
	raise(signal_number);
}

static void
watch_endings(struct sigaction old[ENDINGS])
{
	struct sigaction act = {.sa_handler = end_all, .sa_flags = (int)SA_RESETHAND};
	sigemptyset(&act.sa_mask);
	for (int i = 0; i < ENDINGS; i++) {
		sigaction(endings[i], NULL, &old[i]);
		if (old[i].sa_handler == SIG_DFL)
			sigaction(endings[i], &act, NULL);
	}
}

static void
restore_endings(const struct sigaction old[ENDINGS])
{
	for (int i = 0; i < ENDINGS; i++)
		sigaction(endings[i], &old[i], NULL);
}

/* Between a fork and the note of it no ending may come. */
static void
hold_endings(bool hold)
{
	sigset_t set;
	sigemptyset(&set);
	for (int i = 0; i < ENDINGS; i++)
		sigaddset(&set, endings[i]);
	sigprocmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

/* ---- the worker ---- */

static void
reset_sites(void)
{
	int n;
	const struct trap_site *sites = trap_sites(&n);
	for (int i = 0; i < n; i++)
		*sites[i].hits = 0;
}

static void
write_sites(FILE *out)
{
	int n;
	const struct trap_site *sites = trap_sites(&n);
	for (int i = 0; i < n; i++)
		wire_write_u32(out, (uint32_t)*sites[i].hits);
}

static _Noreturn void
work(const struct pool *p, uint32_t job, int fd)
{
	struct report r = {.arena = arena_new(0)};
	const struct file_report none = {0};
	FILE *out = fdopen(fd, "w");
	for (int i = 0; i < ENDINGS; i++)
		signal(endings[i], SIG_DFL);
	hold_endings(false);
	for (uint32_t i = 0; i < p->running; i++)
		close(p->workers[i].fd);
	reset_sites();
	run_file(&r, p->paths[job], p->options, NULL, NULL);
	if (!out)
		exit(3);
	wire_write(out, r.files.len ? &r.files.data[0] : &none);
	write_sites(out);
	arena_free(r.arena);
	exit(fclose(out) == 0 ? 0 : 3);
}

/* ---- the pool ---- */

static void
fail_to_start(struct job *j, const char *what)
{
	j->over = true;
	j->why = arena_printf(j->arena, "%s: %s", what, strerror(errno));
}

static void
start(struct pool *p, uint32_t number)
{
	struct job *j = &p->jobs[number];
	struct worker *w = &p->workers[p->running];
	int ends[2];
	j->arena = arena_new(0);
	j->got.arena = j->arena;
	if (pipe(ends) != 0) {
		fail_to_start(j, "no pipe to a worker");
		return;
	}
	fflush(NULL);
	hold_endings(true);
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		work(p, number, ends[1]);
	}
	if (pid < 0) {
		fail_to_start(j, "no process for a worker");
		close(ends[0]);
	} else {
		*w = (struct worker){pid, ends[0], number};
		to_kill[p->running++] = (sig_atomic_t)pid;
	}
	close(ends[1]);
	hold_endings(false);
}

static void
finish(struct pool *p, uint32_t number)
{
	struct worker *w = &p->workers[number];
	struct job *j = &p->jobs[w->job];
	close(w->fd);
	while (waitpid(w->pid, &j->status, 0) < 0 && errno == EINTR)
		;
	j->over = true;
	p->running--;
	to_kill[number] = to_kill[p->running];
	to_kill[p->running] = 0;
	*w = p->workers[p->running];
}

/* Takes what is in the pipe of a worker; false when it is at its end. */
static bool
receive(struct pool *p, uint32_t number)
{
	static char buf[65536];
	struct worker *w = &p->workers[number];
	ssize_t n = read(w->fd, buf, sizeof buf);
	if (n > 0)
		strbuf_add(&p->jobs[w->job].got, buf, (size_t)n);
	return n > 0 || (n < 0 && errno == EINTR);
}

static void
wait_for_some(struct pool *p)
{
	struct pollfd fds[JOBS_MAX];
	for (uint32_t i = 0; i < p->running; i++)
		fds[i] = (struct pollfd){.fd = p->workers[i].fd, .events = POLLIN};
	if (poll(fds, p->running, -1) < 0)
		return;
	for (uint32_t i = p->running; i-- > 0;)
		if (fds[i].revents && !receive(p, i))
			finish(p, i);
}

/* ---- what came of it ---- */

static bool
read_sites(struct str *in)
{
	int n;
	const struct trap_site *sites = trap_sites(&n);
	bool good = in->len == (size_t)n * sizeof(uint32_t);
	for (int i = 0; good && i < n; i++) {
		uint32_t hits;
		wire_read_u32(in, &hits);
		*sites[i].hits += hits;
	}
	return good;
}

static const char *
death_of(struct arena *a, const struct job *j)
{
	if (j->why)
		return arena_strdup(a, j->why);
	if (WIFSIGNALED(j->status))
		return arena_printf(a, "the worker process died: signal %d (%s)",
			WTERMSIG(j->status), strsignal(WTERMSIG(j->status)));
	return arena_printf(a, "the worker process ended with status %d and without a report",
		WEXITSTATUS(j->status));
}

/* Adds the records of a file that is over; its report, or null. */
static const struct file_report *
collect(struct pool *p, uint32_t number)
{
	struct report *r = p->report;
	struct job *j = &p->jobs[number];
	struct str in = strbuf_str(&j->got);
	struct file_report got = {0}, f = {.path = p->paths[number]};
	if (j->why || j->status || !wire_read(r->arena, &in, &got) || !read_sites(&in))
		report_add(r, &f,
			(struct record){.kind = "file",
				.outcome = OUTCOME_ERROR,
				.phase = "execute",
				.actual = death_of(r->arena, j),
				.internal = true});
	else
		for (uint32_t i = 0; i < got.records.len; i++)
			report_add(r, &f, got.records.data[i]);
	arena_free(j->arena);
	if (!f.records.len)
		return NULL;
	vec_push(r->arena, &r->files, f);
	return &vec_last(&r->files);
}

static void
run_in_turn(struct report *r, const char *const *paths, uint32_t npaths,
	const struct run_options *o, run_progress_fn *progress, jobs_done_fn *done, void *env)
{
	for (uint32_t i = 0; i < npaths; i++) {
		uint32_t before = r->files.len;
		run_file(r, paths[i], o, progress, env);
		done(env, paths[i], r->files.len > before ? &r->files.data[before] : NULL);
	}
}

void
jobs_run(struct report *r, const char *const *paths, uint32_t npaths, const struct run_options *o,
	uint32_t jobs, run_progress_fn *progress, jobs_done_fn *done, void *env)
{
	if (jobs <= 1) {
		run_in_turn(r, paths, npaths, o, progress, done, env);
		return;
	}
	struct pool p = {.report = r,
		.paths = paths,
		.options = o,
		.jobs = arena_array_of(r->arena, npaths, struct job)};
	struct sigaction old[ENDINGS];
	watch_endings(old);
	for (uint32_t started = 0, told = 0; told < npaths;) {
		while (started < npaths && p.running < jobs)
			start(&p, started++);
		while (told < npaths && p.jobs[told].over) {
			const struct file_report *f = collect(&p, told);
			done(env, paths[told++], f);
		}
		if (p.running)
			wait_for_some(&p);
	}
	restore_endings(old);
}
