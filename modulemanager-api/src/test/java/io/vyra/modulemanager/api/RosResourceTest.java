package io.vyra.modulemanager.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A distribution with a bridge: what REST lets through to the graph of ROS 2, and what it tells of it. */
@QuarkusTest
@TestProfile(RosResourceTest.WithBridge.class)
class RosResourceTest {
    private static final String ROS = "/api/v1/ros";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The bridge is a face's business; this one is on paper. */
    public static class WithBridge implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("vyra.data", "target/test-data-ros");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(PaperRos.class);
        }
    }

    private final ApiClient client;
    private final PaperRos ros;

    @TestHTTPResource("/")
    URI base;

    RosResourceTest(ApiClient client, PaperRos ros) {
        this.client = client;
        this.ros = ros;
    }

    @BeforeEach
    void reset() {
        ros.reset();
    }

    private Response post(Role role, String path, String body) {
        return client.as(role).contentType("application/json").body(body).post(ROS + path);
    }

    private EventReader follow(String path) {
        return EventReader.open(base.resolve(ROS + path), client.token(Role.OPERATOR));
    }

    @Test
    void shouldShowTheGraphAndHowTheBridgeIs() {
        client.as(Role.VIEWER)
                .get(ROS + "/graph")
                .then()
                .statusCode(200)
                .body("bridge.connected", equalTo(true))
                .body("bridge.domain", equalTo(7))
                .body("bridge.counters.dropped", equalTo(3))
                .body("nodes.name", hasItem("/talker"))
                // Whose it is, is told only to those who may see the module.
                .body("nodes[0].module", nullValue())
                .body("topics[0].publishers[0].durability", equalTo("transient_local"))
                .body("services[0].servers", hasItem("/talker"));
    }

    @Test
    void shouldShowWhatDoesNotGetTogether() {
        client.as(Role.VIEWER)
                .get(ROS + "/graph")
                .then()
                .statusCode(200)
                .body("conflict_count", equalTo(1))
                .body("conflicts", hasSize(1))
                .body("conflicts[0].topic", equalTo("/chatter"))
                .body("conflicts[0].publisher.node", equalTo("/talker"))
                .body("conflicts[0].subscription.gid", equalTo("01.0f"))
                .body("conflicts[0].differences[0].policy", equalTo("deadline"))
                .body("conflicts[0].differences[0].offered", equalTo("infinite"))
                .body("conflicts[0].differences[0].requested", equalTo("100.0 ms"));
    }

    @Test
    void shouldSayWhyThereIsNoConnection() {
        ros.disconnect();

        client.as(Role.OPERATOR)
                .get(ROS + "/graph")
                .then()
                .statusCode(200)
                .body("bridge.connected", equalTo(false))
                .body("bridge.reason", equalTo("no port is free"))
                .body("bridge.node", nullValue());
        client.as(Role.VIEWER).get("/api/v1/system").then().statusCode(200).body("bridge", equalTo("down"));
    }

    @Test
    void shouldTellTheBridgeInStatusHealthAndMetrics() {
        client.as(Role.VIEWER).get("/api/v1/system").then().statusCode(200).body("bridge", equalTo("up"));
        client.anonymous().get("/q/health/live").then().statusCode(200).body("ros2_connected", equalTo(true));
        client.withToken("metrics-token-for-tests")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("ros2_messages_dropped_total"));
    }

    @ParameterizedTest
    @CsvSource({"GET,/topics/chatter", "POST,/topics/chatter", "POST,/services/reset"})
    void shouldTakeNothingFromViewers(String method, String path) {
        client.as(Role.VIEWER)
                .contentType("application/json")
                .body("{\"message\":{},\"request\":{}}")
                .request(method, ROS + path)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void shouldPublishAMessage() {
        post(
                        Role.OPERATOR,
                        "/topics/arm%2Fchatter",
                        "{\"type\":\"std_msgs/msg/String\",\"message\":{\"data\":\"hello\"}}")
                .then()
                .statusCode(200)
                .body("topic", equalTo("/arm/chatter"))
                .body("type", equalTo("std_msgs/msg/String"))
                .body("subscriptions", equalTo(1));
    }

    @Test
    void shouldCallAService() {
        ros.serve(request -> request.put("answer", 42));

        post(Role.OPERATOR, "/services/%2Freset?timeout=9", "{\"request\":{\"question\":true}}")
                .then()
                .statusCode(200)
                .body("service", equalTo("/reset"))
                .body("response.question", equalTo(true))
                .body("response.timeout", equalTo(9))
                .body("response.answer", equalTo(42));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/topics/9lives {\"message\":{}} {name}",
                "/topics/a%2F%2Fb {\"message\":{}} {name}",
                "/topics/a {} /message",
                "/topics/a {\"message\":[]} /message",
                "/topics/a {\"type\":\"String\",\"message\":{}} /type",
                "/topics/a {\"message\":{},\"more\":1} /more",
                "/services/a {} /request",
                "/services/a?timeout=61 {\"request\":{}} ?timeout"
            })
    void shouldRefuseWhatIsNoRequest(String path, String body, String pointer) {
        post(Role.OPERATOR, path, body)
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid-request"))
                .body("errors.pointer", hasItem(pointer));
    }

    @ParameterizedTest
    @CsvSource({"GET,/topics/arm/state", "POST,/topics/arm/state", "POST,/services/arm/state?timeout=3"})
    void shouldSayHowASlashIsWritten(String method, String path) {
        client.as(Role.OPERATOR)
                .contentType("application/json")
                .body("{\"message\":{},\"request\":{}}")
                .request(method, ROS + path)
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"))
                .body("detail", containsString("are written %2F: arm%2Fstate."));
        client.as(Role.VIEWER).request(method, ROS + path).then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({"ROS_UNAVAILABLE,503", "NOT_FOUND,404", "TIMED_OUT,504", "FORBIDDEN,403"})
    void shouldTellWhyTheGraphCannotBeUsed(ProblemType type, int status) {
        ros.refuse(new ProblemException(type, "It is so."));

        post(Role.ADMIN, "/services/reset", "{\"request\":{}}")
                .then()
                .statusCode(status)
                .body("code", equalTo(type.code()));
        post(Role.ADMIN, "/topics/chatter", "{\"message\":{}}")
                .then()
                .statusCode(status)
                .body("code", equalTo(type.code()));
        client.as(Role.ADMIN)
                .get(ROS + "/topics/chatter")
                .then()
                .statusCode(status)
                .body("code", equalTo(type.code()));
    }

    @Test
    void shouldFollowATopicAndTellWhatASlowClientLost() {
        ros.say("first");

        try (EventReader reader = follow("/topics/arm%2Fchatter?rate=100")) {
            EventReader.Received topic = reader.next();
            EventReader.Received first = reader.next();
            ros.drop(5);
            ros.say("later");
            List<EventReader.Received> rest = List.of(reader.next(), reader.next());

            assertThat(topic.name()).isEqualTo("topic");
            assertThat(topic.data().get("type").asString()).isEqualTo(PaperRos.STRING);
            assertThat(first.name()).isEqualTo("message");
            assertThat(first.data().at("/message/data").asString()).isEqualTo("first");
            assertThat(rest).extracting(EventReader.Received::name).containsExactlyInAnyOrder("gap", "message");
            assertThat(rest)
                    .anySatisfy(event ->
                            assertThat(event.data().path("dropped").asInt(0)).isEqualTo(5));
        }
        await("the end of the echo").atMost(PATIENCE).until(() -> ros.echoes() == 0);
    }

    @Test
    void shouldSendNoMoreThanTheRate() {
        for (int i = 0; i < 4; i++) {
            ros.say("m" + i);
        }
        long begun = System.nanoTime();

        try (EventReader reader = follow("/topics/chatter?rate=2")) {
            for (int i = 0; i < 5; i++) {
                reader.next();
            }
        }

        // Four messages have three pauses between them.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(1_400));
    }

    @ParameterizedTest
    @CsvSource({"?rate=0,?rate", "?rate=101,?rate", "?type=String,?type"})
    void shouldRefuseAStreamThatCannotBe(String query, String pointer) {
        client.as(Role.OPERATOR)
                .get(ROS + "/topics/chatter" + query)
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem(pointer));
    }

    @Test
    void shouldLetOnlySoManyCallsWait() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger waiting = new AtomicInteger();
        ros.serve(request -> {
            waiting.incrementAndGet();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return request;
        });
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(Thread.ofVirtual()
                    .start(() -> post(Role.OPERATOR, "/services/reset", "{\"request\":{}}")
                            .then()
                            .statusCode(200)));
        }
        await("eight calls that wait").atMost(PATIENCE).until(() -> waiting.get() == 8);

        post(Role.OPERATOR, "/services/reset", "{\"request\":{}}")
                .then()
                .statusCode(429)
                .header("Retry-After", "2")
                .body("errors", nullValue());

        release.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        client.as(Role.OPERATOR).get(ROS + "/graph").then().body("nodes", hasSize(1));
    }
}
