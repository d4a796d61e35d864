/* The event loop: output into the log, commands from the socket, the end of the module. */
#include "shim.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { CLIENTS = 4, LINE = 128, CHUNK = 65536, DEBT_POLL_MS = 1000, DRAIN_MS = 2000, STREAMS = 2 };

struct client {
    int fd;
    size_t used;
    char line[LINE];
};

static struct client clients[CLIENTS];     /* oldest first */
static int client_count;
static const struct request *request;
static struct child *child;
static struct ending ending;
static bool paused, killing;

/* Under a name of its own until it listens, so that a socket with the final name always answers or belongs to a dead shim. */
int serve_listen(const char *key) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if ((size_t)snprintf(address.sun_path, sizeof address.sun_path, "%s.sock.new", key) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    unlink(address.sun_path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    mode_t mask = umask(0177);
    int bound = bind(fd, (struct sockaddr *)&address, sizeof address);
    umask(mask);
    return bound == 0 && listen(fd, 8) == 0 ? fd : -1;
}

static void drop(int index) {
    close(clients[index].fd);
    client_count--;
    memmove(clients + index, clients + index + 1, (size_t)(client_count - index) * sizeof *clients);
}

/* A client whose socket has no room for a line is stalled: it is dropped, the module and the other clients go on. */
__attribute__((format(printf, 2, 3))) static bool say(int index, const char *format, ...) {
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (send(clients[index].fd, line, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT) == length) return true;
    drop(index);
    return false;
}

static void accept_client(int listener) {
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) return;
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0 || (peer.uid != 0 && peer.uid != geteuid())) {
        close(fd);
        return;
    }
    /* The newest is the manager that lives: the oldest makes room. */
    if (client_count == CLIENTS) drop(0);
    clients[client_count] = (struct client){.fd = fd};
    say(client_count++, "hello pid=%d start_ticks=%llu boot_id=%s generation=%lld started_at_ms=%lld shim_pid=%d paused=%d\n",
        (int)child->pid, child->start_ticks, child->boot_id, request->generation, child->started_at_ms, (int)getpid(), paused);
}

static bool obey(int index, const char *command) {
    char *end;
    long number;
    if (strncmp(command, "signal ", 7) == 0) {
        number = strtol(command + 7, &end, 10);
        if (*end || end == command + 7 || number < 1 || number >= NSIG) return say(index, "error no such signal\n");
        signal_group(child, (int)number);
    } else if (strcmp(command, "kill") == 0) {
        killing = true;
        kill_everything(request, child, true);
    } else if (strcmp(command, "pause") == 0 || strcmp(command, "resume") == 0) {
        paused = command[0] == 'p';
        signal_group(child, paused ? SIGSTOP : SIGCONT);
    } else {
        return say(index, "error unknown command\n");
    }
    return say(index, "ok\n");
}

static void hear(int index) {
    struct client *client = &clients[index];
    ssize_t length = recv(client->fd, client->line + client->used, LINE - client->used, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (length <= 0) {
        drop(index);
        return;
    }
    client->used += (size_t)length;
    for (char *newline; (newline = memchr(client->line, '\n', client->used));) {
        *newline = '\0';
        if (!obey(index, client->line)) return;
        size_t taken = (size_t)(newline + 1 - client->line);
        client->used -= taken;
        memmove(client->line, newline + 1, client->used);
    }
    if (client->used == LINE && say(index, "error line too long\n")) drop(index);
}

/* Returns false once the stream has ended. One chunk a time, so that a flood of output does not keep commands waiting. */
static bool pass_on(int stream, int *fd) {
    static char chunk[CHUNK];
    ssize_t length = read(*fd, chunk, sizeof chunk);
    if (length > 0) {
        log_append(stream, chunk, (size_t)length);
        return true;
    }
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    log_end(stream);
    close(*fd);
    *fd = -1;
    return false;
}

/* Everything that could write is dead by now, so the end of the pipes is near; a process stuck in the kernel is not waited for. */
static void drain(int *fds[STREAMS]) {
    long long deadline = monotonic_ms() + DRAIN_MS;
    for (int stream = 0; stream < STREAMS; stream++) {
        while (*fds[stream] >= 0 && monotonic_ms() < deadline) {
            struct pollfd output = {*fds[stream], POLLIN, 0};
            if (poll(&output, 1, ending.leftover ? 0 : 10) == 0 && ending.leftover) break;
            pass_on(stream, fds[stream]);
        }
        log_end(stream);
    }
}

static void conclude(int *fds[STREAMS]) {
    ending.leftover = bury_leftovers(request, child);
    drain(fds);
    bool recorded = write_exit_record(request, child, &ending);
    char name[300];
    snprintf(name, sizeof name, "%s.sock", request->key);
    unlink(name);
    /* Before the last word, so that whoever hears it can start the module again at once. */
    close(child->lock);
    for (int i = 0; i < client_count;)
        i += say(i, "exit generation=%lld %s=%d at_ms=%lld ran_ms=%lld leftover=%d recorded=%d\n", request->generation,
                 ending.signal ? "signal" : "code", ending.signal ? ending.signal : ending.code, ending.at_ms, ending.ran_ms,
                 ending.leftover, recorded);
}

int serve(const struct request *asked, struct child *started, int listener, int signals) {
    request = asked;
    child = started;
    int *fds[STREAMS] = {&child->out, &child->err};
    enum { SIGNALS, LISTENER, OUTPUT, FIRST_CLIENT = OUTPUT + STREAMS, ALL = FIRST_CLIENT + CLIENTS };
    struct pollfd polled[ALL];
    for (;;) {
        int heard = client_count;
        polled[SIGNALS] = (struct pollfd){signals, POLLIN, 0};
        polled[LISTENER] = (struct pollfd){listener, POLLIN, 0};
        for (int i = 0; i < STREAMS; i++) polled[OUTPUT + i] = (struct pollfd){*fds[i], POLLIN, 0};
        for (int i = 0; i < heard; i++) polled[FIRST_CLIENT + i] = (struct pollfd){clients[i].fd, POLLIN, 0};
        if (poll(polled, (nfds_t)(FIRST_CLIENT + heard), log_has_debt() ? DEBT_POLL_MS : -1) < 0) continue;
        for (int i = 0; i < STREAMS; i++)
            if (polled[OUTPUT + i].revents) pass_on(i, fds[i]);
        log_flush();
        /* Backwards, because a dropped client moves those behind it. */
        for (int i = heard - 1; i >= 0; i--)
            if (polled[FIRST_CLIENT + i].revents) hear(i);
        if (polled[LISTENER].revents) accept_client(listener);
        if (polled[SIGNALS].revents) {
            char ignored[512];
            while (read(signals, ignored, sizeof ignored) > 0) {
            }
            if (reap(child, &ending)) {
                conclude(fds);
                return 0;
            }
            if (killing) kill_everything(request, child, true);
        }
    }
}

/* A probe: no log, no socket, no record. Ends with the program, or when the manager closes its end of stdin or dies. */
int serve_probe(const struct request *asked, struct child *started, int signals) {
    for (;;) {
        struct pollfd polled[] = {{signals, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
        if (poll(polled, 2, -1) < 0) continue;
        char ignored[512];
        if (polled[0].revents)
            while (read(signals, ignored, sizeof ignored) > 0) {
            }
        bool over = reap(started, &ending);
        if (!over && !polled[1].revents) continue;
        bury_leftovers(asked, started);
        if (!over) return 124;
        return ending.signal ? 128 + ending.signal : ending.code;
    }
}
