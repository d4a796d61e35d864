/* The participant, its writers and readers, and what can be waited for. */
#define _GNU_SOURCE
#include <dds/dds.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cyclone_entities.h"
#include "peer.h"

enum { MOST_ENTITIES = 64, AT_ONCE = 64, PATIENCE_MS = 30000 };

dds_entity_t participant;
int domain;
const char *current = "join";
static struct entity entities[MOST_ENTITIES];
static int entity_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived;

int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    flockfile(stdout);
    vprintf(format, arguments);
    putchar('\n');
    fflush(stdout);
    funlockfile(stdout);
    va_end(arguments);
}

int check(int result, const char *what) {
    if (result < 0) {
        say("failed\t%s\t%s: %s", current, what, dds_strretcode(-result));
        exit(1);
    }
    return result;
}

struct entity *find(const char *name) {
    for (int i = 0; i < entity_count; i++) {
        if (strcmp(entities[i].name, name) == 0) return &entities[i];
    }
    return NULL;
}

/* The newest of that name is found first by making it take the place of the older. */
static struct entity *add(const char *name, bool is_writer) {
    struct entity *entity = find(name);
    if (entity == NULL) {
        if (entity_count == MOST_ENTITIES) check(DDS_RETCODE_OUT_OF_RESOURCES, name);
        entity = &entities[entity_count++];
    }
    memset(entity, 0, sizeof *entity);
    snprintf(entity->name, sizeof entity->name, "%s", name);
    entity->is_writer = is_writer;
    return entity;
}

const dds_topic_descriptor_t *type(const char *name) {
    if (strcmp(name, "String") == 0) return &std_msgs_msg_dds__String__desc;
    if (strcmp(name, "Blob") == 0) return &test_msgs_msg_dds__Blob__desc;
    if (strcmp(name, "AddRequest") == 0) return &example_interfaces_srv_dds__AddTwoInts_Request__desc;
    if (strcmp(name, "AddResponse") == 0) return &example_interfaces_srv_dds__AddTwoInts_Response__desc;
    if (strcmp(name, "Nodes") == 0) return &rmw_dds_common_msg_dds__ParticipantEntitiesInfo__desc;
    check(DDS_RETCODE_BAD_PARAMETER, name);
    return NULL;
}

/* The milliseconds after such a word, or -1 when it is not there. */
static long milliseconds(const char *words, const char *word) {
    const char *found = strstr(words, word);
    return found == NULL ? -1 : atol(found + strlen(word));
}

static dds_qos_t *policies(const char *words) {
    dds_qos_t *qos = dds_create_qos();
    dds_data_representation_id_t representation = DDS_DATA_REPRESENTATION_XCDR1;
    dds_qset_data_representation(qos, 1, &representation);
    dds_qset_reliability(qos, DDS_RELIABILITY_BEST_EFFORT, 0);
    if (strstr(words, "reliable")) dds_qset_reliability(qos, DDS_RELIABILITY_RELIABLE, DDS_SECS(180));
    if (strstr(words, "transient_local")) dds_qset_durability(qos, DDS_DURABILITY_TRANSIENT_LOCAL);
    if (strstr(words, "keep_all")) dds_qset_history(qos, DDS_HISTORY_KEEP_ALL, 0);
    long deadline = milliseconds(words, "deadline="), latency = milliseconds(words, "latency="), lifespan = milliseconds(words, "lifespan=");
    if (deadline >= 0) dds_qset_deadline(qos, DDS_MSECS(deadline));
    if (latency >= 0) dds_qset_latency_budget(qos, DDS_MSECS(latency));
    if (lifespan >= 0) dds_qset_lifespan(qos, DDS_MSECS(lifespan));
    long alive = milliseconds(words, "alive=");
    if (alive >= 0) dds_qset_liveliness(qos, DDS_LIVELINESS_AUTOMATIC, DDS_MSECS(alive));
    if (strstr(words, "by_topic")) dds_qset_liveliness(qos, DDS_LIVELINESS_MANUAL_BY_TOPIC, DDS_INFINITY);
    if (strstr(words, "exclusive")) dds_qset_ownership(qos, DDS_OWNERSHIP_EXCLUSIVE);
    if (strstr(words, "by_source")) dds_qset_destination_order(qos, DDS_DESTINATIONORDER_BY_SOURCE_TIMESTAMP);
    const char *depth = strstr(words, "keep_last=");
    if (depth != NULL) {
        int number = atoi(depth + strlen("keep_last="));
        dds_qset_history(qos, DDS_HISTORY_KEEP_LAST, number);
        /* What a late reader gets has a history of its own; rmw_cyclonedds sets it too. */
        dds_qset_durability_service(qos, 0, DDS_HISTORY_KEEP_LAST, number, -1, -1, -1);
    }
    return qos;
}

static void data_available(dds_entity_t reader, void *argument) {
    struct entity *entity = argument;
    void *samples[AT_ONCE] = {NULL};
    dds_sample_info_t infos[AT_ONCE];
    int count;
    while ((count = dds_take(reader, samples, infos, AT_ONCE, AT_ONCE)) > 0) {
        for (int i = 0; i < count; i++) {
            if (infos[i].valid_data) entity->received(entity, samples[i]);
        }
        dds_return_loan(reader, samples, count);
        samples[0] = NULL;
    }
}

static void liveliness_changed(dds_entity_t reader, const dds_liveliness_changed_status_t status, void *argument) {
    (void)reader;
    say("life\t%s\t%u of %u", ((struct entity *)argument)->name, status.alive_count, status.alive_count + status.not_alive_count);
}

struct entity *listen_to(const char *name, const char *topic, const char *type_name, const char *words,
                                void (*received)(struct entity *, const void *), dds_entity_t other) {
    struct entity *entity = add(name, false);
    entity->received = received;
    entity->other = other;
    dds_qos_t *qos = policies(words);
    dds_listener_t *listener = dds_create_listener(entity);
    dds_lset_data_available(listener, data_available);
    if (strstr(words, "alive=")) dds_lset_liveliness_changed(listener, liveliness_changed);
    dds_entity_t handle = check(dds_create_topic(participant, type(type_name), topic, NULL, NULL), topic);
    entity->handle = check(dds_create_reader(participant, handle, qos, listener), name);
    dds_delete_listener(listener);
    dds_delete_qos(qos);
    return entity;
}

struct entity *write_to(const char *name, const char *topic, const char *type_name, const char *words) {
    struct entity *entity = add(name, true);
    dds_qos_t *qos = policies(words);
    dds_entity_t handle = check(dds_create_topic(participant, type(type_name), topic, NULL, NULL), topic);
    entity->handle = check(dds_create_writer(participant, handle, qos, NULL), name);
    dds_delete_qos(qos);
    return entity;
}

/* Counts, and wakes up who waits for the expected number. */
void count(struct entity *self, const void *sample) {
    (void)sample;
    (void)sample;
    pthread_mutex_lock(&lock);
    self->last = now();
    if (self->counted++ == 0) self->first = self->last;
    if (self->counted >= self->expected) pthread_cond_broadcast(&arrived);
    pthread_mutex_unlock(&lock);
}

void expect(struct entity *entity, long expected) {
    pthread_mutex_lock(&lock);
    entity->expected = expected;
    entity->counted = 0;
    pthread_mutex_unlock(&lock);
}

bool await_expected(struct entity *entity) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PATIENCE_MS / 1000;
    pthread_mutex_lock(&lock);
    while (entity->counted < entity->expected && pthread_cond_timedwait(&arrived, &lock, &until) == 0) {
    }
    bool is_there = entity->counted >= entity->expected;
    pthread_mutex_unlock(&lock);
    return is_there;
}

static int matched_now(struct entity *entity) {
    dds_publication_matched_status_t publications;
    dds_subscription_matched_status_t subscriptions;
    if (entity->is_writer) {
        check(dds_get_publication_matched_status(entity->handle, &publications), "matched");
        return publications.current_count;
    }
    check(dds_get_subscription_matched_status(entity->handle, &subscriptions), "matched");
    return subscriptions.current_count;
}

void await_matched(const char *name, int count, bool is_exact) {
    struct entity *entity = find(name);
    int64_t until = now() + PATIENCE_MS * INT64_C(1000000);
    while (is_exact ? matched_now(entity) != count : matched_now(entity) < count) {
        if (now() > until) check(DDS_RETCODE_TIMEOUT, "matched");
        dds_sleepfor(DDS_MSECS(1));
    }
}

void join(void) {
    entity_count = 0;
    participant = check(dds_create_participant(domain, NULL, NULL), "join");
}

void begin(int number) {
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&arrived, &monotonic);
    domain = number;
    join();
}
