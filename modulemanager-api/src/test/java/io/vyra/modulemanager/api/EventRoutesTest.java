package io.vyra.modulemanager.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.access.Sessions;
import io.vyra.modulemanager.api.event.EventStreams;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.feed.FeedHub;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EventRoutesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Buffers must fill before the 30 s begin after which the client is given up. */
    private static final Duration STALLED_PATIENCE = Duration.ofMinutes(5);

    private final ApiClient client;
    private final FakeModuleManager manager;
    private final FeedHub hub;
    private final Sessions sessions;
    private final EventStreams streams;
    private ModuleView arm;

    @TestHTTPResource("/")
    URI base;

    EventRoutesTest(ApiClient client, FakeModuleManager manager, FeedHub hub, Sessions sessions, EventStreams streams) {
        this.client = client;
        this.manager = manager;
        this.hub = hub;
        this.sessions = sessions;
        this.streams = streams;
    }

    private int subscribersBefore;

    @BeforeEach
    void reset() {
        manager.reset();
        arm = manager.add("v2_arm", true);
        // Those of other classes may still be about to end.
        await().atMost(PATIENCE).until(() -> streams.openStreams() == 0);
        subscribersBefore = hub.subscribers();
    }

    @AfterEach
    void everyStreamIsClosed() {
        await().atMost(PATIENCE).until(() -> streams.openStreams() == 0);
        assertThat(hub.subscribers()).isEqualTo(subscribersBefore);
    }

    private EventReader open(Role role, String path, String... headers) {
        return EventReader.open(base.resolve(path), client.token(role), headers);
    }

    @Test
    void shouldSendASnapshotAndThenWhatHappens() {
        try (EventReader events = open(Role.VIEWER, "/api/v1/events")) {
            EventReader.Received snapshot = events.next();
            assertThat(snapshot.name()).isEqualTo("snapshot");
            assertThat(snapshot.data().at("/modules/0/id").asString()).isEqualTo(arm.id());
            assertThat(snapshot.data().has("operations")).isTrue();

            hub.moduleChanged(arm);
            hub.moduleRemoved(arm.id(), true);
            hub.entry(new FeedEntry(FeedEntry.Kind.NEWS, arm.id(), "Hello", ""));

            EventReader.Received changed = events.next();
            assertThat(changed.name()).isEqualTo("module");
            assertThat(Long.parseLong(changed.id())).isEqualTo(Long.parseLong(snapshot.id()) + 1);
            assertThat(events.next().data().get("removed").asBoolean()).isTrue();
            assertThat(events.next().data().get("message").asString()).isEqualTo("Hello");
        }
    }

    @Test
    void shouldResumeWhereItBrokeOff() {
        String last;
        try (EventReader events = open(Role.VIEWER, "/api/v1/events")) {
            last = events.next().id();
        }
        hub.moduleRemoved("v2_one_" + "a".repeat(32), true);
        hub.moduleRemoved("v2_two_" + "b".repeat(32), true);

        try (EventReader events = open(Role.VIEWER, "/api/v1/events", "Last-Event-ID", last)) {
            assertThat(events.next().data().get("id").asString()).startsWith("v2_one");
            assertThat(events.next().data().get("id").asString()).startsWith("v2_two");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "nonsense", "999999999999999999"})
    void shouldTellOfAGapWhenItCannotResume(String lastId) {
        try (EventReader events = open(Role.VIEWER, "/api/v1/events", "Last-Event-ID", lastId)) {
            assertThat(events.next().name()).isEqualTo("gap");
            assertThat(events.next().name()).isEqualTo("snapshot");
        }
    }

    @Test
    void shouldSendOnlyTheTopicsAskedFor() {
        try (EventReader events = open(Role.VIEWER, "/api/v1/events?topics=feeds")) {
            assertThat(events.next().data().has("modules")).isFalse();
            hub.moduleChanged(arm);
            hub.entry(new FeedEntry(FeedEntry.Kind.ERROR, arm.id(), "Ouch", "start-failed"));

            assertThat(events.next().name()).isEqualTo("feed");
        }
    }

    @Test
    void shouldFollowLogsOnTheSameConnection() {
        try (EventReader events = open(Role.VIEWER, "/api/v1/events?topics=modules,logs:v2_arm")) {
            assertThat(events.next().name()).isEqualTo("snapshot");
            manager.log(arm.id(), "fresh line");

            EventReader.Received line = events.next();
            assertThat(line.name()).isEqualTo("log");
            assertThat(line.data().get("text").asString()).isEqualTo("fresh line");
            assertThat(line.data().get("module_id").asString()).isEqualTo(arm.id());
        }
        await().atMost(PATIENCE).until(() -> manager.followers(arm.id()) == 0);
    }

    @Test
    void shouldFollowOneLog() {
        String path = "/api/v1/modules/" + arm.id() + "/logs?tail=1";
        try (EventReader events = open(Role.VIEWER, path, "Accept", "text/event-stream")) {
            assertThat(events.next().data().get("text").asString()).isEqualTo("hello");
            manager.log(arm.id(), "fresh line");
            assertThat(events.next().data().get("text").asString()).isEqualTo("fresh line");
        }
    }

    @Test
    void shouldEndALogStreamThatDoesNotFollow() {
        String path = "/api/v1/modules/" + arm.id() + "/logs?follow=false";
        try (EventReader events = open(Role.VIEWER, path, "Accept", "text/event-stream")) {
            events.next();
            events.next();
            assertThat(events.isAtEnd()).isTrue();
        }
    }

    @Test
    void shouldShowHiddenModulesToAdministratorsOnly() {
        ModuleView hidden = manager.add("v2_hidden", false);
        try (EventReader viewer = open(Role.VIEWER, "/api/v1/events");
                EventReader admin = open(Role.ADMIN, "/api/v1/events")) {
            assertThat(viewer.next().data().get("modules")).hasSize(1);
            assertThat(admin.next().data().get("modules")).hasSize(2);
            hub.moduleChanged(hidden);
            hub.entry(new FeedEntry(FeedEntry.Kind.NEWS, hidden.id(), "Secret", ""));
            hub.moduleChanged(arm);

            assertThat(viewer.next().data().get("id").asString()).isEqualTo(arm.id());
            assertThat(admin.next().data().get("id").asString()).isEqualTo(hidden.id());
        }
    }

    @Test
    void shouldEndWhenTheSessionEnds() {
        Sessions.Opened opened = client.fresh("streaming-user", Role.VIEWER, false);
        try (EventReader events = EventReader.open(base.resolve("/api/v1/events"), opened.token())) {
            events.next();
            sessions.end(opened.session());
            assertThat(events.isAtEnd()).isTrue();
        }
    }

    @Test
    void shouldNotLetAStalledClientHoldUpOthersOrMemory() {
        try (EventReader stalled = open(Role.VIEWER, "/api/v1/events");
                EventReader live = open(Role.VIEWER, "/api/v1/events")) {
            stalled.next();
            live.next();
            for (int i = 0; i < 3_000; i++) {
                hub.moduleChanged(arm);
                assertThat(live.next().name()).isEqualTo("module");
            }
        }
    }

    @Test
    @Tag("slow")
    void shouldDisconnectAClientThatTakesNothing() throws IOException {
        try (Socket stalled = new Socket(base.getHost(), base.getPort())) {
            stalled.getOutputStream()
                    .write(("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + client.token(Role.VIEWER) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().atMost(PATIENCE).until(() -> streams.openStreams() == 1);
            // What it does not take fills the sockets' buffers first; then its stream waits for it.
            FeedEntry large = new FeedEntry(FeedEntry.Kind.NEWS, arm.id(), "x".repeat(2_000), "");
            await().atMost(STALLED_PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
                for (int i = 0; i < 20; i++) {
                    hub.entry(large);
                }
                return streams.openStreams() == 0;
            });
            assertThat(stalled.isClosed()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "everything",
                "modules,",
                "logs:",
                "logs:a,logs:b,logs:c,logs:d,logs:e,logs:f,logs:g,logs:h,logs:i"
            })
    void shouldRefuseUnknownTopics(String topics) {
        client.as(Role.VIEWER)
                .get("/api/v1/events?topics=" + topics)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("?topics"));
    }

    @Test
    void shouldAnswerWithProblemsBeforeAStreamBegins() {
        client.as(Role.VIEWER)
                .get("/api/v1/events?topics=logs:v2_none")
                .then()
                .statusCode(404)
                .body("code", equalTo("module-not-found"));
        client.as(Role.VIEWER)
                .accept("application/json")
                .get("/api/v1/events")
                .then()
                .statusCode(406);
        client.as(Role.VIEWER).post("/api/v1/events").then().statusCode(405).header("Allow", "GET, OPTIONS");
        client.as(Role.VIEWER)
                .accept("text/event-stream")
                .get("/api/v1/modules/v2_none/logs")
                .then()
                .statusCode(404);
        client.anonymous().get("/api/v1/events").then().statusCode(401);
    }

    @Test
    void shouldReadTheHistoryOfFeeds() {
        hub.entry(new FeedEntry(FeedEntry.Kind.NEWS, "v2_feed_" + "c".repeat(32), "One", ""));
        hub.entry(new FeedEntry(FeedEntry.Kind.ERROR, "v2_feed_" + "c".repeat(32), "Two", "x"));
        String path = "/api/v1/feeds?module=v2_feed_" + "c".repeat(32);

        String next = client.as(Role.VIEWER)
                .get(path + "&limit=1")
                .then()
                .statusCode(200)
                .body("items.message", equalTo(List.of("One")))
                .extract()
                .path("next");

        client.as(Role.VIEWER).get(path + "&after=" + next).then().body("items.message", equalTo(List.of("Two")));
        client.as(Role.VIEWER).get(path + "&kind=error").then().body("items", hasSize(1));
        client.as(Role.VIEWER).get(path + "&kind=gossip").then().statusCode(422);
        client.as(Role.VIEWER).get(path + "&after=x").then().statusCode(422);
    }
}
