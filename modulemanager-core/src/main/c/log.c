/*
 * The module's stdout and stderr in one file, a line each: "<RFC 3339 time> <stdout|stderr> <F|P> <text>", the format of the
 * Kubernetes container runtime interface. P marks a piece of a line longer than MAX_LINE, F a whole line or the last piece.
 *
 * The module never waits for disk space: what does not fit is counted and reported in the log as soon as there is room.
 */
#include "shim.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAX_LINE = 16384, MAX_PREFIX = 64, BUFFER = 131072 };
static const char NAME[] = "module.log";
static const char *const STREAMS[] = {"stdout", "stderr"};

static int folder = -1, file = -1, kept;
static long long max_bytes, size;          /* size: bytes in the file, whole lines only */
static unsigned long long dropped;
static char buffer[BUFFER];                /* whole lines on their way to the file */
static size_t buffered;
static char pending[2][MAX_LINE];          /* the unfinished line of each stream */
static size_t pending_length[2];

static bool open_file(void) {
    if (file >= 0) return true;
    file = openat(folder, NAME, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) return false;
    size = status.st_size;
    char last;
    /* A shim that was killed while writing may have left half a line. */
    if (size > 0 && pread(file, &last, 1, size - 1) == 1 && last != '\n' && write(file, "\n", 1) == 1) size++;
    return true;
}

void log_open(const char *path, long long max, int files) {
    max_bytes = max;
    kept = files;
    folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    open_file();
}

static void rotate(void) {
    char from[40], to[40];
    for (int i = kept - 1; i >= 0; i--) {
        if (i) snprintf(from, sizeof from, "%s.%d", NAME, i);
        else snprintf(from, sizeof from, "%s", NAME);
        snprintf(to, sizeof to, "%s.%d", NAME, i + 1);
        renameat(folder, from, folder, to);
    }
    close(file);
    file = -1;
    open_file();
}

/* Writes bytes that are whole lines; on failure the file ends after the last line that fitted. Returns the lines lost. */
static unsigned long long put(const char *bytes, size_t length) {
    size_t done = 0;
    while (open_file() && done < length) {
        ssize_t written = write(file, bytes + done, length - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) break;
        done += (size_t)written;
    }
    size_t whole = done;
    if (done < length) {
        while (whole > 0 && bytes[whole - 1] != '\n') whole--;
        if (whole < done && ftruncate(file, size + (long long)whole) != 0) {
            /* The half line stays; the next opening of the file ends it. */
            close(file);
            file = -1;
        }
    }
    if (file >= 0) size += (long long)whole;
    unsigned long long lost = 0;
    for (size_t i = whole; i < length; i++) lost += bytes[i] == '\n';
    return lost;
}

static size_t prefix(char *to, int stream, char tag) {
    static time_t second;
    static char date[32];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (now.tv_sec != second || !date[0]) {
        struct tm parts;
        gmtime_r(&now.tv_sec, &parts);
        strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
        second = now.tv_sec;
    }
    return (size_t)snprintf(to, MAX_PREFIX, "%s.%09ldZ %s %c ", date, (long)now.tv_nsec, STREAMS[stream], tag);
}

static bool pay_debt(void) {
    if (!dropped) return true;
    char line[MAX_PREFIX + 100];
    size_t length = prefix(line, 1, 'F');
    length += (size_t)snprintf(line + length, sizeof line - length,
                               "[module-shim] %llu lines of this log were lost: they could not be written\n", dropped);
    if (put(line, length) != 0) return false;
    dropped = 0;
    return true;
}

bool log_has_debt(void) { return dropped > 0; }

void log_flush(void) {
    unsigned long long lines = 0;
    if (pay_debt()) {
        lines = put(buffer, buffered);
    } else {
        for (size_t i = 0; i < buffered; i++) lines += buffer[i] == '\n';
    }
    dropped += lines;
    buffered = 0;
}

static void add_line(int stream, const char *text, size_t length, char tag) {
    if (size + (long long)(buffered + MAX_PREFIX + length + 1) > max_bytes && size + (long long)buffered > 0) {
        log_flush();
        if (size > 0 && file >= 0) rotate();
    }
    if (buffered + MAX_PREFIX + length + 1 > BUFFER) log_flush();
    buffered += prefix(buffer + buffered, stream, tag);
    memcpy(buffer + buffered, text, length);
    buffered += length;
    buffer[buffered++] = '\n';
}

/* Splits an overlong line, not inside a UTF-8 character where it is valid UTF-8 (RFC 3629, section 3). */
static void split(int stream) {
    char *line = pending[stream];
    size_t cut = MAX_LINE;
    for (int back = 1; back <= 3; back++) {
        unsigned char byte = (unsigned char)line[MAX_LINE - back];
        if (byte < 0x80) break;
        if (byte >= 0xC0) {
            int width = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            if (width > back) cut = (size_t)(MAX_LINE - back);
            break;
        }
    }
    add_line(stream, line, cut, 'P');
    pending_length[stream] = MAX_LINE - cut;
    memmove(line, line + cut, MAX_LINE - cut);
}

void log_append(int stream, const char *bytes, size_t length) {
    while (length > 0) {
        const char *newline = memchr(bytes, '\n', length);
        size_t take = newline ? (size_t)(newline - bytes) : length;
        size_t room = MAX_LINE - pending_length[stream];
        if (take > room) {
            take = room;
            newline = NULL;
        }
        memcpy(pending[stream] + pending_length[stream], bytes, take);
        pending_length[stream] += take;
        bytes += take;
        length -= take;
        if (newline) {
            add_line(stream, pending[stream], pending_length[stream], 'F');
            pending_length[stream] = 0;
            bytes++;
            length--;
        } else if (pending_length[stream] == MAX_LINE && length > 0) {
            split(stream);
        }
    }
}

/* The stream has ended: its last line may lack a line feed. */
void log_end(int stream) {
    if (pending_length[stream] > 0) add_line(stream, pending[stream], pending_length[stream], 'F');
    pending_length[stream] = 0;
    log_flush();
}
