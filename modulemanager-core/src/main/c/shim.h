/*
 * module-shim: the small parent every module has instead of the manager.
 *
 * One shim runs one module, keeps its log, knows how it ended and obeys whoever connects to its socket. The manager may come and
 * go; the shim and its module stay. Everything is single-threaded and of fixed size: nothing is allocated after the start.
 *
 * main.c    arguments, the order of the start, its report        launch.c  the module's process, from fork to exec
 * serve.c   the event loop, its clients, the end                 reap.c    signals to the module and everything it started
 * log.c     stdout and stderr into size-rotated files            record.c  the durable start and exit records
 */
#ifndef MODULE_SHIM_H
#define MODULE_SHIM_H

#define _GNU_SOURCE
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { MAX_GROUPS = 64, MAX_CGROUPS = 8, MAX_WARNINGS = 16, MAX_NOTES = 8, MAX_RECORD = 32768 };

/* What the manager asked for; points into argv. */
struct request {
    const char *run;        /* folder of the lock, the socket and the records */
    const char *key;        /* file name stem there */
    const char *logs;       /* folder of module.log */
    long long log_max;      /* bytes after which module.log is rotated */
    int log_kept;           /* rotated files kept: module.log.1 ... .log_kept */
    long long generation;
    pid_t manager;          /* who asked; once it is gone before the start, nobody wants the module */
    bool switch_user;
    uid_t uid;
    gid_t gid;
    gid_t groups[MAX_GROUPS];
    int group_count;
    int nice;
    int oom_score_adj;
    const char *cgroups[MAX_CGROUPS]; /* folders of control groups the module joins */
    int cgroup_count;
    char *mark;             /* NAME=VALUE added to the module's environment; tells its processes from those of the shim */
    const char *notes[MAX_NOTES]; /* kept in the start record for the next manager */
    int note_count;
    const char *chdir;
    const char *exec;       /* program, resolved by the manager */
    char **argv;
};

/* What could not be set without reason to refuse the start. */
struct warning {
    const char *call;
    int error;
};

/* The module's process. */
struct child {
    pid_t pid;              /* also its process group and session */
    unsigned long long start_ticks;
    char boot_id[64];
    long long started_at_ms;
    long long started_monotonic_ms;
    int out, err;           /* read ends of its stdout and stderr */
    int go;                 /* a byte written here lets it exec */
    int told;               /* what it says before the exec */
    struct warning warnings[MAX_WARNINGS];
    int warning_count;
    int lock;               /* held as long as anything of the module lives */
    bool recorded;          /* the start record is on disk */
};

struct ending {
    bool known;
    int code;               /* -1 when a signal ended it */
    int signal;             /* 0 when it exited by itself */
    long long at_ms;
    long long ran_ms;
    bool leftover;          /* something of it could not be killed in time */
};

/* launch.c; both return NULL or the name of the call that failed, with errno set. */
const char *launch_prepare(const struct request *request, struct child *child, bool with_pipes);
const char *launch_go(struct child *child);

/* record.c */
long long wall_ms(void);
long long monotonic_ms(void);
ssize_t read_file(const char *path, char *buffer, size_t size);
bool process_facts(pid_t pid, pid_t *parent, unsigned long long *start_ticks);
bool write_start_record(const struct request *request, const struct child *child);
bool write_exit_record(const struct request *request, const struct child *child, const struct ending *ending);

/* log.c */
void log_open(const char *folder, long long max_bytes, int kept);
void log_append(int stream, const char *bytes, size_t length);
void log_end(int stream);
void log_flush(void);
bool log_has_debt(void);

/* reap.c */
void signal_group(const struct child *child, int number);
void kill_everything(const struct request *request, const struct child *child, bool main_alive);
bool reap(const struct child *child, struct ending *ending);
bool bury_leftovers(const struct request *request, const struct child *child);

/* serve.c */
int serve_listen(const char *key);
int serve(const struct request *request, struct child *child, int listener, int signals);
int serve_probe(const struct request *request, struct child *child, int signals);

#endif
