/* shell.c - see shell.h. */
#define _GNU_SOURCE
#include "oracle/shell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/clock.h"

/* The shell sees the path as "$1", and the command gets it as its last argument. */
NORETURN static void
become(const char *command, const char *path)
{
	char *script;
	int nothing = open("/dev/null", O_RDWR);
	setpgid(0, 0);
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO);
	signal(SIGINT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	if (asprintf(&script, "%s \"$@\"", command) > 0)
		execl("/bin/sh", "sh", "-c", script, "sh", path, (char *)NULL);
	_exit(127);
}

/* False when the time is over first. The waits get longer: most commands take little time. */
static bool
wait_for(pid_t pid, double timeout, int *status)
{
	double end = clock_seconds() + timeout;
	long wait = 200000;
	for (;;) {
		pid_t ended = waitpid(pid, status, WNOHANG);
		if (ended == pid)
			return true;
		if ((ended < 0 && errno != EINTR) || (timeout > 0 && clock_seconds() > end))
			return false;
		const struct timespec tick = {.tv_nsec = wait};
		nanosleep(&tick, NULL);
		wait = wait < 20000000 ? wait * 2 : wait;
	}
}

bool
shell_agrees(const char *command, const char *path, double timeout)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0)
		become(command, path);
	if (pid < 0)
		return false;
	setpgid(pid, pid); /* whoever of the two comes first */
	bool ended = wait_for(pid, timeout, &status);
	kill(-pid, SIGKILL);
	while (!ended && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
