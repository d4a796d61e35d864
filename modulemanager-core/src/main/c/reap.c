/* Signals to the module and everything it started, and their funerals. */
#include "shim.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BURIAL_MS = 5000, BURIAL_STEP_MS = 10 /* after 1, 2, 3 ... ms */ };

void signal_group(const struct child *child, int number) { kill(-child->pid, number); }

/*
 * The shim is the reaper of all its descendants (PR_SET_CHILD_SUBREAPER): whoever loses its parent becomes its child. So it is
 * enough to kill the children it has, again and again. A child's pid is not reused before the shim has reaped it.
 */
static void kill_children(void) {
    DIR *processes = opendir("/proc");
    if (!processes) return;
    pid_t self = getpid();
    for (struct dirent *entry; (entry = readdir(processes));) {
        pid_t parent;
        unsigned long long ticks;
        if (!isdigit((unsigned char)entry->d_name[0])) continue;
        pid_t pid = (pid_t)atoi(entry->d_name);
        if (process_facts(pid, &parent, &ticks) && parent == self) kill(pid, SIGKILL);
    }
    closedir(processes);
}

/* main_alive: the main process is not reaped yet, so its pid and process group are surely still its own. */
void kill_everything(const struct request *request, const struct child *child, bool main_alive) {
    for (int i = 0; i < request->cgroup_count; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/cgroup.kill", request->cgroups[i]);
        int fd = open(path, O_WRONLY | O_CLOEXEC); /* since Linux 5.14, version 2 only */
        if (fd < 0) continue;
        if (write(fd, "1", 1) != 1) errno = 0;
        close(fd);
    }
    if (main_alive) signal_group(child, SIGKILL);
    kill_children();
}

/* Reaps whoever has ended except the main process, whose end is only looked at. Returns whether the main process has ended. */
bool reap(const struct child *child, struct ending *ending) {
    for (;;) {
        siginfo_t info = {0};
        /* The main process first: as an unreaped zombie it would hide the others from P_ALL. */
        if (!ending->known && waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0
            && info.si_pid == child->pid) {
            ending->known = true;
            ending->at_ms = wall_ms();
            ending->ran_ms = monotonic_ms() - child->started_monotonic_ms;
            ending->code = info.si_code == CLD_EXITED ? info.si_status : -1;
            ending->signal = info.si_code == CLD_EXITED ? 0 : info.si_status;
        }
        if (ending->known) return true;
        info.si_pid = 0;
        if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) return false;
        if (info.si_pid != child->pid) waitpid(info.si_pid, NULL, 0);
    }
}

/* After the main process has ended nothing of the module stays. Returns whether something did not die in time. */
bool bury_leftovers(const struct request *request, const struct child *child) {
    long long deadline = monotonic_ms() + BURIAL_MS;
    kill_everything(request, child, true);
    for (int step = 0;;) {
        pid_t dead;
        while ((dead = waitpid(-1, NULL, WNOHANG)) > 0) {
        }
        if (dead < 0) return false;
        if (monotonic_ms() > deadline) return true;
        kill_everything(request, child, false);
        poll(NULL, 0, step < BURIAL_STEP_MS ? ++step : step);
    }
}
