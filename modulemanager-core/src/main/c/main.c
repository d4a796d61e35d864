/*
 * module-shim run   NAME=VALUE... -- ARGUMENT...    runs a module
 * module-shim probe NAME=VALUE... -- ARGUMENT...    runs a probe and ends with its exit code, 125 when it could not be executed
 *
 * Reports on stdout in one line: "started pid=...", "failed call=... errno=..." or "busy" (a shim of this module lives). Started
 * by the module manager only; see docs/adr/0003-module-shim.md.
 */
#include "shim.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { STARTED = 0, BUSY = 75, FAILED = 125 };

static int refuse(const char *call) {
    dprintf(STDOUT_FILENO, "failed call=%s errno=%d\n", call, errno);
    return FAILED;
}

static bool read_groups(struct request *request, const char *list) {
    while (*list) {
        char *end;
        unsigned long group = strtoul(list, &end, 10);
        if (end == list || (*end && *end != ',') || request->group_count == MAX_GROUPS) return false;
        request->groups[request->group_count++] = (gid_t)group;
        list = *end ? end + 1 : end;
    }
    return true;
}

static bool set(struct request *request, const char *name, size_t length, char *value) {
#define IS(text) (length == sizeof(text) - 1 && memcmp(name, text, length) == 0)
    char *end = "";
    if (IS("run")) request->run = value;
    else if (IS("key")) request->key = value;
    else if (IS("logs")) request->logs = value;
    else if (IS("log_max")) request->log_max = strtoll(value, &end, 10);
    else if (IS("log_kept")) request->log_kept = (int)strtol(value, &end, 10);
    else if (IS("generation")) request->generation = strtoll(value, &end, 10);
    else if (IS("manager")) request->manager = (pid_t)strtol(value, &end, 10);
    else if (IS("uid")) request->uid = (uid_t)strtoul(value, &end, 10), request->switch_user = true;
    else if (IS("gid")) request->gid = (gid_t)strtoul(value, &end, 10);
    else if (IS("groups")) return read_groups(request, value);
    else if (IS("nice")) request->nice = (int)strtol(value, &end, 10);
    else if (IS("oom_score_adj")) request->oom_score_adj = (int)strtol(value, &end, 10);
    else if (IS("chdir")) request->chdir = value;
    else if (IS("exec")) request->exec = value;
    else if (IS("cgroup") && request->cgroup_count < MAX_CGROUPS) request->cgroups[request->cgroup_count++] = value;
    else if (IS("mark")) request->mark = value;
    else if (IS("note") && request->note_count < MAX_NOTES) request->notes[request->note_count++] = value;
    else return false;
#undef IS
    return *end == '\0';
}

static bool parse(struct request *request, int count, char **arguments) {
    int i = 2;
    for (; i < count && strcmp(arguments[i], "--") != 0; i++) {
        char *equals = strchr(arguments[i], '=');
        if (!equals || !set(request, arguments[i], (size_t)(equals - arguments[i]), equals + 1)) return false;
    }
    request->argv = arguments + i + 1;
    return i + 1 < count && request->exec && request->chdir;
}

static void close_inherited(void) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, 3u, ~0u, 0u) == 0) return;
#endif
    for (int fd = 3; fd < 4096; fd++) close(fd);
}

/* What a terminal sends to the manager's job must not end modules; a write error is seen where it happens. */
static int take_signals(void) {
    static const int ignored[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2,
                                  SIGTSTP, SIGTTIN, SIGTTOU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGIO};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) signal(ignored[i], SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigprocmask(SIG_SETMASK, &children, NULL);
    return signalfd(-1, &children, SFD_NONBLOCK | SFD_CLOEXEC);
}

/*
 * Held until the module has ended. A POSIX record lock (fcntl) and not flock(2), because that is what Java's FileLock sees; it
 * is not inherited by fork.
 */
static int take_lock(const char *key) {
    char name[300];
    snprintf(name, sizeof name, "%s.lock", key);
    int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fd >= 0 && fcntl(fd, F_SETLK, &whole) == 0 ? fd : -1;
}

static void remove_file(const char *key, const char *suffix) {
    char name[300];
    snprintf(name, sizeof name, "%s.%s", key, suffix);
    int error = errno;
    unlink(name);
    errno = error;
}

static void report(const struct child *child) {
    char line[1024];
    int length = snprintf(line, sizeof line, "started pid=%d start_ticks=%llu boot_id=%s started_at_ms=%lld shim_pid=%d recorded=%d",
                          (int)child->pid, child->start_ticks, child->boot_id, child->started_at_ms, (int)getpid(), child->recorded);
    for (int i = 0; i < child->warning_count; i++)
        length += snprintf(line + length, sizeof line - (size_t)length, " warning=%s:%d", child->warnings[i].call,
                           child->warnings[i].error);
    dprintf(STDOUT_FILENO, "%s\n", line);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; fd < 3; fd++) dup2(null, fd);
}

static int run(const struct request *request, struct child *child, int signals) {
    if (!request->run || !request->key || !request->logs || request->log_kept < 1 || strlen(request->key) > 64) {
        errno = EINVAL;
        return refuse("arguments");
    }
    if (chdir(request->run) != 0) return refuse("run_folder");
    child->lock = take_lock(request->key);
    if (child->lock < 0) {
        if (errno != EAGAIN && errno != EACCES) return refuse("lock");
        dprintf(STDOUT_FILENO, "busy\n");
        return BUSY;
    }
    /*
     * With the lock held: either the manager that asked is alive, or the next one saw no lock, decided anew, and this start is void.
     */
    if (getppid() != request->manager) {
        errno = ESRCH;
        return refuse("manager");
    }
    remove_file(request->key, "sock");
    int listener = serve_listen(request->key);
    if (listener < 0) return refuse("socket");
    const char *failed = launch_prepare(request, child, true);
    if (!failed) {
        log_open(request->logs, request->log_max, request->log_kept);
        /* A full disk costs the evidence for a later manager, not the module. */
        child->recorded = write_start_record(request, child);
        if (!child->recorded) remove_file(request->key, "start");
        failed = launch_go(child);
        if (failed) remove_file(request->key, "start");
    }
    char socket[300], final[300];
    snprintf(socket, sizeof socket, "%s.sock.new", request->key);
    snprintf(final, sizeof final, "%s.sock", request->key);
    if (failed || rename(socket, final) != 0) {
        remove_file(request->key, "sock.new");
        return refuse(failed ? failed : "socket");
    }
    report(child);
    return serve(request, child, listener, signals);
}

int main(int count, char **arguments) {
    static struct request request;
    static struct child child;
    close_inherited();
    int signals = take_signals();
    if (signals < 0) return refuse("signalfd");
    bool probe = count > 1 && strcmp(arguments[1], "probe") == 0;
    if (count < 2 || (!probe && strcmp(arguments[1], "run") != 0) || !parse(&request, count, arguments)) {
        errno = EINVAL;
        return refuse("arguments");
    }
    setsid();
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) return refuse("prctl");
    if (!probe) return run(&request, &child, signals);
    const char *failed = launch_prepare(&request, &child, false);
    if (!failed) failed = launch_go(&child);
    return failed ? refuse(failed) : serve_probe(&request, &child, signals);
}
