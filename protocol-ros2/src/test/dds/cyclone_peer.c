/* A participant of Eclipse Cyclone DDS that does what it is told; README.md says what it understands.
 *
 * usage: cyclone-peer DOMAIN, with CYCLONEDDS_URI as any program of Cyclone DDS. */
#define _GNU_SOURCE
#include <dds/dds.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cyclone_entities.h"
#include "peer.h"

enum { MOST_WORDS = 8 };

typedef std_msgs_msg_dds__String_ string_sample;
typedef test_msgs_msg_dds__Blob_ blob_sample;
typedef example_interfaces_srv_dds__AddTwoInts_Request_ add_request;
typedef example_interfaces_srv_dds__AddTwoInts_Response_ add_response;

static int64_t calls;

/* Handlers of samples, called by Cyclone DDS' receiving thread. */

static void tell_text(struct entity *self, const void *sample) {
    say("sample\t%s\t%s", self->name, ((const string_sample *)sample)->data);
}

static void tell_bytes(struct entity *self, const void *sample) {
    const blob_sample *blob = sample;
    for (uint32_t i = 0; i < blob->data._length; i++) {
        if (blob->data._buffer[i] != i % 251) {
            say("sample\t%s\tsize:%u:wrong at %u", self->name, blob->data._length, i);
            return;
        }
    }
    say("sample\t%s\tsize:%u:counting", self->name, blob->data._length);
}

static void tell_nodes(struct entity *self, const void *sample) {
    const rmw_dds_common_msg_dds__ParticipantEntitiesInfo_ *info = sample;
    char text[4096] = "";
    for (uint32_t i = 0; i < info->node_entities_info_seq._length; i++) {
        const rmw_dds_common_msg_dds__NodeEntitiesInfo_ *node = &info->node_entities_info_seq._buffer[i];
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s|%s|%u|%u", i == 0 ? "" : ",", node->node_namespace, node->node_name,
                 node->reader_gid_seq._length, node->writer_gid_seq._length);
    }
    say("sample\t%s\t%s", self->name, text);
}

static void answer(struct entity *self, const void *sample) {
    const add_request *request = sample;
    add_response response = {.client = request->client, .number = request->number, .sum = request->a + request->b};
    check(dds_write(self->other, &response), "answer");
}

static void echo_back(struct entity *self, const void *sample) { check(dds_write(self->other, sample), "echo"); }

static void count_reply(struct entity *self, const void *sample) {
    const add_response *response = sample;
    if (response->client == (uint64_t)getpid() && response->number == calls) count(self, sample);
}

static blob_sample counting(uint32_t size) {
    blob_sample blob = {.data = {._maximum = size, ._length = size, ._buffer = malloc(size), ._release = false}};
    for (uint32_t i = 0; i < size; i++) blob.data._buffer[i] = i % 251;
    return blob;
}

static void write_counting(const char *name, uint32_t size, long count) {
    blob_sample blob = counting(size);
    for (long i = 0; i < count; i++) check(dds_write(find(name)->handle, &blob), "counting");
    free(blob.data._buffer);
}

static void add_endings(const char *name, const char *topic, char *request, char *reply, char *replies) {
    snprintf(request, 128, "rq/%sRequest", topic);
    snprintf(reply, 128, "rr/%sReply", topic);
    snprintf(replies, 64, "%s-reply", name);
}

static void serve(const char *name, const char *topic) {
    char request[128], reply[128], replies[64];
    add_endings(name, topic, request, reply, replies);
    dds_entity_t writer = write_to(replies, reply, "AddResponse", "reliable,keep_all")->handle;
    listen_to(name, request, "AddRequest", "reliable,keep_all", answer, writer);
}

/* Calls one after the other, each when the last was answered, the first as soon as both sides are matched here. */
static void call(const char *name, const char *topic, long count_of_calls) {
    char request[128], reply[128], replies[64];
    add_endings(name, topic, request, reply, replies);
    struct entity *answers = listen_to(replies, reply, "AddResponse", "reliable,keep_all", count_reply, 0);
    struct entity *writer = write_to(name, request, "AddRequest", "reliable,keep_all");
    await_matched(name, 1, false);
    await_matched(replies, 1, false);
    long answered = 0;
    for (long i = 0; i < count_of_calls; i++) {
        add_request sample = {.client = (uint64_t)getpid(), .number = ++calls, .a = i, .b = 1};
        expect(answers, 1);
        check(dds_write(writer->handle, &sample), "call");
        if (!await_expected(answers)) break;
        answered++;
    }
    say("called\t%s\t%ld", name, answered);
}

/* Tells of a node with a writer, as nodes of ROS 2 do. */
static void node(const char *namespace, const char *name, const char *writer) {
    typedef rmw_dds_common_msg_dds__Gid_ gid;
    rmw_dds_common_msg_dds__ParticipantEntitiesInfo_ info = {0};
    rmw_dds_common_msg_dds__NodeEntitiesInfo_ entities_of_node = {0};
    gid writer_gid;
    dds_guid_t guid;
    check(dds_get_guid(participant, &guid), "node");
    memcpy(info.gid.data, guid.v, sizeof guid.v);
    check(dds_get_guid(find(writer)->handle, &guid), "node");
    memcpy(writer_gid.data, guid.v, sizeof guid.v);
    snprintf(entities_of_node.node_namespace, sizeof entities_of_node.node_namespace, "%s", namespace);
    snprintf(entities_of_node.node_name, sizeof entities_of_node.node_name, "%s", name);
    entities_of_node.writer_gid_seq._length = entities_of_node.writer_gid_seq._maximum = 1;
    entities_of_node.writer_gid_seq._buffer = &writer_gid;
    info.node_entities_info_seq._length = info.node_entities_info_seq._maximum = 1;
    info.node_entities_info_seq._buffer = &entities_of_node;
    struct entity *entity = write_to("nodes", "ros_discovery_info", "Nodes", "reliable,transient_local,keep_last=1");
    check(dds_write(entity->handle, &info), "node");
}

/* Leaves the domain and joins it again, each time with a writer that tells which life it is; tells how long all that took, in nanoseconds. */
static void restart(const char *topic, long count_of_lives) {
    int64_t begin = now();
    for (long life = 1; life <= count_of_lives; life++) {
        check(dds_delete(participant), "restart");
        join();
        char text[32];
        snprintf(text, sizeof text, "life %ld", life);
        string_sample sample = {.data = text};
        check(dds_write(write_to("life", topic, "String", "reliable,transient_local,keep_last=1")->handle, &sample), "restart");
    }
    flockfile(stdout);
    printf("restarted\t%s\t%ld\n", topic, (long)(now() - begin));
    fflush(stdout);
    funlockfile(stdout);
}

/* Waits after each sample until its echo is there; tells how long each took, in nanoseconds. */
static void ping(const char *name, uint32_t size, long rounds) {
    char echoes[80];
    snprintf(echoes, sizeof echoes, "%s-echo", name);
    struct entity *back = find(echoes), *forth = find(name);
    blob_sample blob = counting(size);
    int64_t *times = malloc(rounds * sizeof *times);
    for (long i = 0; i < rounds; i++) {
        expect(back, 1);
        int64_t begin = now();
        check(dds_write(forth->handle, &blob), "ping");
        if (!await_expected(back)) check(DDS_RETCODE_TIMEOUT, "ping");
        times[i] = back->first - begin;
    }
    flockfile(stdout);
    printf("pinged\t%s\t", name);
    for (long i = 0; i < rounds; i++) printf(i == 0 ? "%ld" : ",%ld", (long)times[i]);
    putchar('\n');
    fflush(stdout);
    funlockfile(stdout);
    free(times);
    free(blob.data._buffer);
}

/* Participants with as many endpoints each, which talk to nobody. */
static void crowd(int participants, int endpoints) {
    for (int i = 0; i < participants; i++) {
        dds_entity_t one = check(dds_create_participant(domain, NULL, NULL), "crowd");
        for (int j = 0; j < endpoints; j++) {
            char name[64];
            snprintf(name, sizeof name, "rt/crowd/of_%d/topic_%d", i, j);
            dds_entity_t topic = check(dds_create_topic(one, type("String"), name, NULL, NULL), name);
            check(j % 2 == 0 ? dds_create_writer(one, topic, NULL, NULL) : dds_create_reader(one, topic, NULL, NULL), name);
        }
    }
}

static void obey(char **word) {
    const char *command = current = word[0];
    if (strcmp(command, "reader") == 0) {
        bool is_text = strcmp(word[3], "String") == 0, is_bytes = strcmp(word[3], "Blob") == 0;
        listen_to(word[1], word[2], word[3], word[4], is_text ? tell_text : is_bytes ? tell_bytes : tell_nodes, 0);
    } else if (strcmp(command, "writer") == 0) {
        write_to(word[1], word[2], word[3], word[4]);
    } else if (strcmp(command, "delete") == 0) {
        check(dds_delete(find(word[1])->handle), command);
    } else if (strcmp(command, "write") == 0) {
        string_sample sample = {.data = word[2]};
        check(dds_write(find(word[1])->handle, &sample), command);
    } else if (strcmp(command, "counting") == 0) {
        write_counting(word[1], (uint32_t)atol(word[2]), atol(word[3]));
    } else if (strcmp(command, "matched") == 0) {
        await_matched(word[1], atoi(word[2]), false);
    } else if (strcmp(command, "alone") == 0) {
        await_matched(word[1], 0, true);
    } else if (strcmp(command, "node") == 0) {
        node(word[2], word[3], word[4]);
    } else if (strcmp(command, "serve") == 0) {
        serve(word[1], word[2]);
    } else if (strcmp(command, "calls") == 0) {
        call(word[1], word[2], atol(word[3]));
    } else if (strcmp(command, "restart") == 0) {
        restart(word[1], atol(word[2]));
    } else if (strcmp(command, "echo") == 0) {
        char forth[80];
        snprintf(forth, sizeof forth, "%s-echo", word[1]);
        dds_entity_t writer = write_to(word[1], word[3], "Blob", "reliable,keep_last=16")->handle;
        listen_to(forth, word[2], "Blob", "reliable,keep_last=16", echo_back, writer);
    } else if (strcmp(command, "crowd") == 0) {
        crowd(atoi(word[1]), atoi(word[2]));
    } else if (strcmp(command, "pinger") == 0) {
        char echoes[80];
        snprintf(echoes, sizeof echoes, "%s-echo", word[1]);
        listen_to(echoes, word[3], "Blob", "reliable,keep_last=16", count, 0);
        write_to(word[1], word[2], "Blob", "reliable,keep_last=16");
    } else if (strcmp(command, "ping") == 0) {
        ping(word[1], (uint32_t)atol(word[2]), atol(word[3]));
    } else if (strcmp(command, "counter") == 0) {
        listen_to(word[1], word[2], "Blob", "reliable,keep_all", count, 0);
    } else if (strcmp(command, "expect") == 0) {
        expect(find(word[1]), atol(word[2]));
    } else if (strcmp(command, "arrived") == 0) {
        struct entity *entity = find(word[1]);
        await_expected(entity);
        say("arrived\t%s\t%ld\t%ld", word[1], entity->counted, (long)(entity->last - entity->first));
    } else {
        check(DDS_RETCODE_BAD_PARAMETER, command);
    }
    say("done\t%s", command);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s DOMAIN\n", argv[0]);
        return 2;
    }
    begin(atoi(argv[1]));
    say("ready\t%d", domain);
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        line[strcspn(line, "\n")] = '\0';
        static char empty[] = "";
        char *words[MOST_WORDS] = {empty, empty, empty, empty, empty, empty, empty, empty}, *rest = line;
        for (int i = 0; i < MOST_WORDS && rest != NULL; i++) words[i] = strsep(&rest, "\t");
        obey(words);
    }
    free(line);
    check(dds_delete(participant), "leave");
    return 0;
}
