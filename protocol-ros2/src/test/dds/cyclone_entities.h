/* The participant, its writers and readers, and what can be waited for. */
#pragma once

#include <dds/dds.h>
#include <stdbool.h>
#include <stdint.h>

struct entity {
    char name[64];
    dds_entity_t handle;
    bool is_writer;
    /* What a reader's samples are given to. */
    void (*received)(struct entity *self, const void *sample);
    /* Another entity that the handler needs, such as the writer of an echo. */
    dds_entity_t other;
    long expected, counted;
    int64_t first, last;
};

extern dds_entity_t participant;
extern int domain;

/* The command that is obeyed now. */
extern const char *current;

/* Joins a domain; to be done once. */
void begin(int number);

/* Joins the domain anew, without any entity. */
void join(void);

/* Monotonic, in nanoseconds. */
int64_t now(void);

/* Prints a line. */
void say(const char *format, ...);

/* Gives the result back, or ends the process when it is an error of Cyclone DDS. */
int check(int result, const char *what);

/* Null when there is none. */
struct entity *find(const char *name);

const dds_topic_descriptor_t *type(const char *name);

struct entity *write_to(const char *name, const char *topic, const char *type_name, const char *words);

struct entity *listen_to(const char *name, const char *topic, const char *type_name, const char *words,
                         void (*received)(struct entity *, const void *), dds_entity_t other);

/* A handler that counts, and wakes up who waits for the expected number. */
void count(struct entity *self, const void *sample);

/* Counts from nothing on. */
void expect(struct entity *entity, long expected);

/* Whether the expected number came in time. */
bool await_expected(struct entity *entity);

/* Waits until an entity is matched with so many others. */
void await_matched(const char *name, int count, bool is_exact);
