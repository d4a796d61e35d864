/* Facts about processes and time, and the records that outlive the shim. */
#include "shim.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long long milliseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

long long wall_ms(void) { return milliseconds(CLOCK_REALTIME); }

/* Counts on while the machine sleeps, unlike CLOCK_MONOTONIC. */
long long monotonic_ms(void) { return milliseconds(CLOCK_BOOTTIME); }

ssize_t read_file(const char *path, char *buffer, size_t size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    ssize_t length = read(fd, buffer, size - 1);
    close(fd);
    if (length >= 0) buffer[length] = '\0';
    return length;
}

/* The name in /proc/pid/stat may hold anything, brackets and spaces too: fields are counted from the last ')'. */
bool process_facts(pid_t pid, pid_t *parent, unsigned long long *start_ticks) {
    char path[40], stat[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    if (read_file(path, stat, sizeof stat) <= 0) return false;
    char *rest = strrchr(stat, ')');
    int ppid;
    if (!rest
        || sscanf(rest + 1, " %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &ppid,
                  start_ticks) != 2)
        return false;
    *parent = ppid;
    return true;
}

struct text {
    char bytes[MAX_RECORD];
    size_t used;
    bool overflow;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text->bytes + text->used, sizeof text->bytes - text->used, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof text->bytes - text->used) text->overflow = true;
    else text->used += (size_t)length;
}

/* Whole or not at all: temporary file, rename. When durable it is on disk on return: fsync before, fsync of the working folder after. */
static bool write_record(const char *key, const char *kind, const struct text *text, bool durable) {
    char name[300], temporary[310];
    snprintf(name, sizeof name, "%s.%s", key, kind);
    snprintf(temporary, sizeof temporary, "%s.new", name);
    if (text->overflow) {
        errno = E2BIG;
        return false;
    }
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    bool written = write(fd, text->bytes, text->used) == (ssize_t)text->used && (!durable || fsync(fd) == 0);
    int error = written ? 0 : errno ? errno : ENOSPC;
    close(fd);
    if (!written || rename(temporary, name) != 0) {
        error = error ? error : errno;
        unlink(temporary);
        errno = error;
        return false;
    }
    if (!durable) return true;
    int folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
    return true;
}

bool write_start_record(const struct request *request, const struct child *child) {
    static struct text text;
    text.used = 0;
    add(&text, "generation=%lld\npid=%d\nstart_ticks=%llu\nboot_id=%s\nstarted_at_ms=%lld\nshim_pid=%d\nlogs=%s\n",
        request->generation,
        (int)child->pid, child->start_ticks, child->boot_id, child->started_at_ms, (int)getpid(), request->logs);
    for (int i = 0; i < request->note_count; i++) add(&text, "note=%s\n", request->notes[i]);
    for (int i = 0; i < request->cgroup_count; i++) add(&text, "cgroup=%s\n", request->cgroups[i]);
    for (int i = 0; i < child->warning_count; i++)
        add(&text, "warning=%s:%d\n", child->warnings[i].call, child->warnings[i].error);
    add(&text, "end\n");
    /*
     * Not durable: it need survive this process and the manager, not a power loss, after which the process it describes is gone.
     * The intent to start is in the manager's database, and an fsync here would cost more than the rest of the start.
     */
    return write_record(request->key, "start", &text, false);
}

bool write_exit_record(const struct request *request, const struct child *child, const struct ending *ending) {
    static struct text text;
    text.used = 0;
    add(&text, "generation=%lld\nboot_id=%s\nstarted_at_ms=%lld\nat_ms=%lld\nran_ms=%lld\n", request->generation, child->boot_id,
        child->started_at_ms, ending->at_ms, ending->ran_ms);
    if (ending->signal) add(&text, "signal=%d\n", ending->signal);
    else add(&text, "code=%d\n", ending->code);
    add(&text, "leftover=%d\nend\n", ending->leftover);
    return write_record(request->key, "exit", &text, true);
}
