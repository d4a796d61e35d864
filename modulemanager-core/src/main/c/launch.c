/* The module's process, from fork to exec. */
#include "shim.h"

#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum step { READY, CGROUP, OOM_SCORE, NICE, GROUPS, SETGID, SETUID, CHDIR, STDIO, EXEC, STEPS };
static const char *const CALLS[STEPS] = {"",          "cgroup", "oom_score_adj", "setpriority", "setgroups",
                                         "setgid", "setuid", "chdir",         "dup2",        "execve"};
struct message {
    int step;
    int error;
};

static void tell(int pipe, enum step step, int error) {
    struct message message = {step, error};
    while (write(pipe, &message, sizeof message) < 0 && errno == EINTR) {
    }
}

static void refuse(int pipe, enum step step) {
    tell(pipe, step, errno);
    _exit(127);
}

static bool write_text(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool written = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
    int error = errno;
    close(fd);
    errno = error;
    return written;
}

static void die_with(pid_t shim) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* The shim may have died before the line above. */
    if (getppid() != shim) _exit(127);
}

/* What may fail without harm to the module's work is told and passed over; the manager shows it as not enforced. */
static void take_limits(const struct request *request, int told) {
    for (int i = 0; i < request->cgroup_count; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/cgroup.procs", request->cgroups[i]);
        if (!write_text(path, "0")) tell(told, CGROUP, errno);
    }
    char adjust[16];
    snprintf(adjust, sizeof adjust, "%d", request->oom_score_adj);
    if (!write_text("/proc/self/oom_score_adj", adjust) && request->oom_score_adj) tell(told, OOM_SCORE, errno);
    if (setpriority(PRIO_PROCESS, 0, request->nice) != 0 && request->nice) tell(told, NICE, errno);
}

static void become_user(const struct request *request, int told) {
    if (!request->switch_user) return;
    if (setgroups((size_t)request->group_count, request->groups) != 0) refuse(told, GROUPS);
    if (setresgid(request->gid, request->gid, request->gid) != 0) refuse(told, SETGID);
    if (setresuid(request->uid, request->uid, request->uid) != 0) refuse(told, SETUID);
}

/* By the system call: the C library refuses 32 and 33, which it uses itself, though they may be inherited as ignored. */
static void reset_signals(void) {
    static const unsigned long by_default[8];
    for (int number = 1; number < NSIG; number++) syscall(SYS_rt_sigaction, number, by_default, NULL, (size_t)8);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static _Noreturn void run_child(const struct request *request, pid_t shim, int out, int err, int go, int told, mode_t mask) {
    setsid();
    die_with(shim);
    take_limits(request, told);
    become_user(request, told);
    /* A change of user clears the parent-death signal (prctl(2)). */
    die_with(shim);
    if (chdir(request->chdir) != 0) refuse(told, CHDIR);
    int null = open("/dev/null", O_RDONLY);
    if (null < 0 || dup2(null, 0) < 0) refuse(told, STDIO);
    if (out >= 0 && (dup2(out, 1) < 0 || dup2(err, 2) < 0)) refuse(told, STDIO);
    umask(mask);
    reset_signals();
    if (null > 2) close(null);
    tell(told, READY, 0);
    char byte;
    if (read(go, &byte, 1) != 1) _exit(127);
    if (request->mark) putenv(request->mark);
    execv(request->exec, request->argv);
    refuse(told, EXEC);
    _exit(127);
}

static const char *read_until(struct child *child, bool to_the_end) {
    for (;;) {
        struct message message;
        ssize_t length = read(child->told, &message, sizeof message);
        if (length < 0 && errno == EINTR) continue;
        if (length == 0 && to_the_end) return NULL;
        if (length != sizeof message || message.step < 0 || message.step >= STEPS) {
            errno = ECHILD;
            return "fork";
        }
        if (message.step == READY) return NULL;
        if (message.step > NICE) {
            errno = message.error;
            return CALLS[message.step];
        }
        if (child->warning_count < MAX_WARNINGS)
            child->warnings[child->warning_count++] = (struct warning){CALLS[message.step], message.error};
    }
}

/* Forks the module's process and lets it take its place; it then waits for launch_go. */
const char *launch_prepare(const struct request *request, struct child *child, bool with_pipes) {
    int out[2] = {-1, -1}, err[2] = {-1, -1}, go[2], told[2];
    if (pipe2(go, O_CLOEXEC) || pipe2(told, O_CLOEXEC)) return "pipe";
    if (with_pipes && (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))) return "pipe";
    mode_t mask = umask(0077);
    pid_t shim = getpid();
    child->pid = fork();
    if (child->pid < 0) return "fork";
    if (child->pid == 0) {
        close(go[1]);
        close(told[0]);
        run_child(request, shim, out[1], err[1], go[0], told[1], mask);
    }
    if (with_pipes) {
        close(out[1]);
        close(err[1]);
        fcntl(out[0], F_SETFL, O_NONBLOCK);
        fcntl(err[0], F_SETFL, O_NONBLOCK);
    }
    close(go[0]);
    close(told[1]);
    child->out = out[0];
    child->err = err[0];
    child->go = go[1];
    child->told = told[0];
    child->started_at_ms = wall_ms();
    child->started_monotonic_ms = monotonic_ms();
    const char *failed = read_until(child, false);
    if (failed) return failed;
    pid_t parent;
    if (!process_facts(child->pid, &parent, &child->start_ticks)) return "read /proc";
    if (read_file("/proc/sys/kernel/random/boot_id", child->boot_id, sizeof child->boot_id) < 1) return "read boot_id";
    child->boot_id[strcspn(child->boot_id, "\n")] = '\0';
    return NULL;
}

/* Lets the process exec; the pipe it tells through closes by that. */
const char *launch_go(struct child *child) {
    if (write(child->go, "!", 1) != 1) return "fork";
    const char *failed = read_until(child, true);
    int error = errno;
    close(child->go);
    close(child->told);
    errno = error;
    return failed;
}
