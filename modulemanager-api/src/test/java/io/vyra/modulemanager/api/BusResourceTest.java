package io.vyra.modulemanager.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A distribution with a bus: what REST lets through to modules, and what it tells of the bus itself. */
@QuarkusTest
@TestProfile(BusResourceTest.WithBus.class)
class BusResourceTest {
    private static final String MODULES = "/api/v1/modules";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The bus is a face's business; this one is on paper. */
    public static class WithBus implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("vyra.data", "target/test-data-bus", "vyra.distribution", "slim");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(PaperBus.class);
        }
    }

    private final ApiClient client;
    private final FakeModuleManager manager;
    private final PaperBus bus;
    private ModuleView arm;
    private String address;

    BusResourceTest(ApiClient client, FakeModuleManager manager, PaperBus bus) {
        this.client = client;
        this.manager = manager;
        this.bus = bus;
    }

    @BeforeEach
    void reset() {
        manager.reset();
        bus.reset();
        bus.be(router(Map.of()));
        arm = manager.add("v2_arm", true);
        address = MODULES + "/" + arm.id();
    }

    private BusStatus.Snapshot router(Map<ModuleId, BusStatus.Traffic> modules) {
        return new BusStatus.Snapshot(
                BusStatus.Mode.ROUTER,
                true,
                FakeModuleManager.NOW,
                "",
                "a1b2",
                List.of("tcp/127.0.0.1:7447"),
                Optional.of(new BusStatus.Upstream("tcp/10.0.0.2:7447", false, FakeModuleManager.NOW)),
                List.of(),
                List.of(),
                0,
                modules,
                new BusStatus.Counters(1, 2, 3, 4));
    }

    private Response put(Role role, String path, String body) {
        return client.as(role).contentType("application/json").body(body).put(address + path);
    }

    private Response post(Role role, String path, String body) {
        return client.as(role).contentType("application/json").body(body).post(address + path);
    }

    @Test
    void shouldReadAndSetParametersOfARunningModule() {
        bus.haveParameters().put("speed", 0.5).put("name", "left");

        put(Role.DEVELOPER, "/params", "{\"speed\":0.75,\"colour\":\"red\"}")
                .then()
                .statusCode(200)
                .body("author", equalTo("test-developer"))
                .body("before.speed", equalTo(0.5f))
                .body("before.colour", nullValue())
                .body("after.colour", equalTo("red"));

        client.as(Role.VIEWER)
                .get(address + "/params")
                .then()
                .statusCode(200)
                .body("speed", equalTo(0.75f))
                .body("name", equalTo("left"));
        client.as(Role.VIEWER)
                .get(address + "/params/speed")
                .then()
                .statusCode(200)
                .body("value", equalTo(0.75f));
    }

    @Test
    void shouldReturnToEarlierParameters() {
        ObjectNode values = bus.haveParameters().put("speed", 0.5);
        int first = put(Role.DEVELOPER, "/params/speed", "{\"value\":1}")
                .then()
                .extract()
                .path("id");
        put(Role.DEVELOPER, "/params/speed", "{\"value\":2}").then().statusCode(200);

        post(Role.DEVELOPER, "/params/restore", "{\"before\":" + first + "}")
                .then()
                .statusCode(200)
                .body("before.speed", equalTo(2))
                .body("after.speed", equalTo(0.5f));

        assertThat(values.path("speed").doubleValue()).isEqualTo(0.5);
        manager.state(arm.id(), Phase.STOPPED, "Offline", "Idle", "unknown");
        client.as(Role.VIEWER)
                .get(address + "/params/history?limit=2")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[1].after.speed", equalTo(2));
        post(Role.DEVELOPER, "/params/restore", "{\"before\":" + first + "}")
                .then()
                .statusCode(409);
    }

    @Test
    void shouldTellOfAChangeThatIsNotThere() {
        bus.haveParameters();
        post(Role.DEVELOPER, "/params/restore", "{\"before\":424242}")
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /params         | {}                      | ''
            /params         | {"a\\u0001":1}          | "/a\\u0001"
            /params/speed   | {}                      | /value
            /params/speed   | {"value":1,"unit":"m"}  | /unit
            """)
    void shouldRefuseParametersThatAreNone(String path, String body, String pointer) {
        bus.haveParameters();
        put(Role.DEVELOPER, path, body)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo(pointer.replace("\"", "").replace("\\u0001", "\u0001")));
        assertThat(bus.calls()).isEmpty();
    }

    @Test
    void shouldPointAtTheFieldThatTheModuleRefused() {
        bus.haveParameters().put("speed", 0.5);
        int first = put(Role.DEVELOPER, "/params/speed", "{\"value\":1}")
                .then()
                .extract()
                .path("id");
        bus.answer("set_parameter", _ -> PaperBus.object().put("success", false).put("message", "too fast"));

        put(Role.DEVELOPER, "/params", "{\"speed\":99}")
                .then()
                .statusCode(502)
                .body("code", equalTo("module-answered-with-error"))
                .body("errors.pointer", equalTo(List.of("/speed")))
                .body("errors.detail", equalTo(List.of("too fast.")));
        put(Role.DEVELOPER, "/params/speed", "{\"value\":99}")
                .then()
                .statusCode(502)
                .body("errors.pointer", equalTo(List.of("/value")));
        post(Role.DEVELOPER, "/params/restore", "{\"before\":" + first + "}")
                .then()
                .statusCode(502)
                .body("errors.pointer", equalTo(List.of("/before")));
    }

    @Test
    void shouldPointIntoABodyWhoseFieldsHaveSlashes() {
        bus.haveParameters();
        put(Role.DEVELOPER, "/params/speed", "{\"value\":1,\"a/b\":1}")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/a~1b"));
    }

    @Test
    void shouldCallAFunctionWithItsArgumentsAndDeadline() {
        bus.answer("plugin/ui_function_call", asked -> PaperBus.object().set("echo", asked));

        post(Role.OPERATOR, "/call/plugin%2Fui_function_call?timeout=9", "{\"data\":{\"n\":[1,2]}}")
                .then()
                .statusCode(200)
                .body("echo.data.n", equalTo(List.of(1, 2)));

        assertThat(bus.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.timeout()).isEqualTo(Duration.ofSeconds(9)))
                .satisfies(call -> assertThat(call.module()).hasToString(arm.id()));
    }

    @Test
    void shouldShowTheInterfacesOfAModule() {
        bus.answer("get_interface_list", _ -> PaperBus.object().put("success", true));
        client.as(Role.VIEWER)
                .get(address + "/interfaces")
                .then()
                .statusCode(200)
                .body("success", equalTo(true));
    }

    @Test
    void shouldTellSilenceErrorsAndALostBusApart() {
        post(Role.OPERATOR, "/call/dance?timeout=1", "{}")
                .then()
                .statusCode(504)
                .body("code", equalTo("timed-out"))
                .body("detail", containsString("did not answer dance within 1 s"));
        bus.answer("dance", _ -> {
            throw new ProblemException(ProblemType.MODULE_ANSWERED_WITH_ERROR, "It has no legs.");
        });
        post(Role.OPERATOR, "/call/dance", "{}")
                .then()
                .statusCode(502)
                .body("code", equalTo("module-answered-with-error"))
                .body("detail", equalTo("It has no legs."));
        bus.answer("dance", _ -> {
            throw new ProblemException(ProblemType.BUS_UNAVAILABLE, "There is no router.");
        });
        post(Role.OPERATOR, "/call/dance", "{}").then().statusCode(503).body("code", equalTo("bus-unavailable"));
    }

    @ParameterizedTest
    @CsvSource({
        "/call/da-nce, {function}",
        "/call/a%2F%2Fb, {function}",
        "/call/%2Fa, {function}",
        "/call/a%2F*, {function}",
        "/call/a%3Fb, {function}",
        "/call/set_parameter, {function}",
        "/call/dance?timeout=0, ?timeout",
        "/call/dance?timeout=61, ?timeout"
    })
    void shouldRefuseWhatIsNoFunction(String path, String pointer) {
        post(Role.DEVELOPER, path, "{}").then().statusCode(422).body("errors[0].pointer", equalTo(pointer));
        assertThat(bus.calls()).isEmpty();
    }

    @Test
    void shouldTakeAnObjectAsArgumentsOnly() {
        post(Role.OPERATOR, "/call/dance", "[1]").then().statusCode(422);
        post(Role.OPERATOR, "/call/dance", "").then().statusCode(400);
        assertThat(bus.calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"INSTALLING", "STOPPED", "BACKOFF", "FAILED", "REMOVING"})
    void shouldNotAskAModuleThatHasNoProcess(Phase phase) {
        manager.state(arm.id(), phase, "Offline", "Idle", "unknown");

        Response answer = post(Role.OPERATOR, "/call/dance", "{}");

        answer.then().statusCode(409).body("code", equalTo("conflict")).body("detail", containsString(phase.wire()));
        if (phase == Phase.STOPPED) {
            answer.then().body("detail", containsString("Start it with POST " + address + "/start."));
        }
        client.as(Role.VIEWER).get(address + "/params").then().statusCode(409);
        assertThat(bus.calls()).isEmpty();
    }

    @Test
    void shouldHoldToWhatTheManifestForbids() {
        manager.forbidSuspending(arm.id());
        post(Role.OPERATOR, "/call/request_lc_suspend%2Fgoal", "{}")
                .then()
                .statusCode(403)
                .body("code", equalTo("permission-denied-by-module"));
        ModuleView hidden = manager.add("v2_hidden", false);
        client.as(Role.DEVELOPER)
                .get(MODULES + "/" + hidden.id() + "/params")
                .then()
                .statusCode(404);
        assertThat(bus.calls()).isEmpty();
    }

    @Test
    void shouldLetOnlySoManyWaitForOneModule() throws InterruptedException {
        CountDownLatch answers = new CountDownLatch(1);
        bus.answer("sleep", _ -> {
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return PaperBus.object();
        });
        String token = client.token(Role.OPERATOR);
        List<Thread> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                waiting.add(Thread.startVirtualThread(() -> client.withToken(token)
                        .contentType("application/json")
                        .body("{}")
                        .post(address + "/call/sleep")));
            }
            await().atMost(PATIENCE).until(() -> bus.calls().size() == 4);

            post(Role.OPERATOR, "/call/sleep", "{}")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", equalTo("2"))
                    .body("code", equalTo("too-many-requests"));
            client.as(Role.VIEWER).get(MODULES).then().statusCode(200);
        } finally {
            answers.countDown();
            for (Thread thread : waiting) {
                thread.join();
            }
        }
        post(Role.OPERATOR, "/call/sleep", "{}").then().statusCode(200);
    }

    @Test
    void shouldShowTheLayersOfAModule() {
        manager.state(arm.id(), Phase.RUNNING, "Recovering", "Stopped", "critical");
        client.as(Role.VIEWER)
                .get(address)
                .then()
                .statusCode(200)
                .body("state.lifecycle", equalTo("Recovering"))
                .body("state.operational", equalTo("Stopped"))
                .body("state.health", equalTo("critical"));
    }

    @Test
    void shouldShowTheBusWithoutWhatTheReaderMayNotSee() {
        ModuleId seen = ModuleId.parse(arm.id()).orElseThrow();
        ModuleId hidden = ModuleId.parse(manager.add("v2_hidden", false).id()).orElseThrow();
        BusStatus.Snapshot it = router(Map.of(seen, new BusStatus.Traffic(5, 7), hidden, new BusStatus.Traffic(1, 1)));
        bus.be(new BusStatus.Snapshot(
                it.mode(),
                it.connected(),
                it.since(),
                it.reason(),
                it.identity(),
                it.endpoints(),
                it.upstream(),
                List.of(face(1, seen), face(2, hidden)),
                List.of(
                        new BusStatus.Route(BusStatus.RouteKind.QUERYABLE, seen + "/get_state", Optional.of(1L)),
                        new BusStatus.Route(BusStatus.RouteKind.QUERYABLE, hidden + "/get_state", Optional.of(2L)),
                        new BusStatus.Route(BusStatus.RouteKind.SUBSCRIBER, "*/feeder/StateFeed", Optional.empty())),
                3,
                it.modules(),
                it.counters()));

        client.as(Role.VIEWER)
                .get("/api/v1/bus")
                .then()
                .statusCode(200)
                .body("mode", equalTo("router"))
                .body("upstream.connected", equalTo(false))
                .body("faces.id", equalTo(List.of(1)))
                .body("faces[0].module", equalTo(arm.id()))
                .body("routes", hasSize(2))
                .body("route_count", equalTo(3))
                .body("modules.size()", equalTo(1))
                .body("counters.refused", equalTo(3));
        client.as(Role.ADMIN)
                .get("/api/v1/bus")
                .then()
                .statusCode(200)
                .body("faces", hasSize(2))
                .body("routes", hasSize(3));
    }

    private static BusStatus.Face face(long id, ModuleId module) {
        return new BusStatus.Face(
                id,
                "c0ffee" + id,
                "client",
                "127.0.0.1:5000" + id,
                Optional.empty(),
                Optional.of(module),
                FakeModuleManager.NOW,
                new BusStatus.Traffic(5, 7),
                0);
    }

    @Test
    void shouldTellWhetherTheBusIsConnected() {
        client.anonymous()
                .get("/health")
                .then()
                .body("status", equalTo("ok"))
                .body("mode", equalTo("slim"))
                .body("zenoh_connected", equalTo(true));
        client.as(Role.VIEWER).get("/api/v1/system").then().body("bus", equalTo("up"));

        BusStatus.Snapshot it = router(Map.of());
        bus.be(new BusStatus.Snapshot(
                BusStatus.Mode.CLIENT,
                false,
                it.since(),
                "Nothing listens at tcp/10.0.0.2:7447.",
                it.identity(),
                it.endpoints(),
                Optional.empty(),
                List.of(),
                List.of(),
                0,
                Map.of(),
                it.counters()));

        client.anonymous()
                .get("/health")
                .then()
                .body("status", equalTo("degraded"))
                .body("zenoh_connected", equalTo(false));
        client.as(Role.VIEWER).get("/api/v1/system").then().body("bus", equalTo("down"));
        for (String probe : List.of("/q/health", "/q/health/live", "/q/health/ready")) {
            Response answer = client.anonymous().get(probe);
            answer.then()
                    .statusCode(200)
                    .body("status", equalTo("UP"))
                    .body("mode", equalTo("slim"))
                    .body("zenoh_connected", equalTo(false));
            assertThat((Number) answer.path("uptime_seconds")).isNotNull();
        }
    }

    @Test
    void shouldReportABusThatIsSwitchedOffAsAbsent() {
        bus.be(BusStatus.Snapshot.off(FakeModuleManager.NOW, "ZENOH_MODE is off."));
        client.as(Role.VIEWER).get("/api/v1/system").then().body("bus", equalTo("absent"));
        client.as(Role.VIEWER)
                .get("/api/v1/bus")
                .then()
                .statusCode(200)
                .body("mode", equalTo("off"))
                .body("upstream", nullValue());
        client.anonymous().get("/health").then().body("status", equalTo("ok")).body("zenoh_connected", equalTo(false));
    }

    @Test
    void shouldCountMessagesOfEveryModule() {
        ModuleId module = ModuleId.parse(arm.id()).orElseThrow();
        bus.be(router(Map.of(module, new BusStatus.Traffic(5, 7))));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics())
                        .contains(
                                "zenoh_messages_published_total{module=\"" + arm.id() + "\"} 5.0",
                                "zenoh_messages_received_total{module=\"" + arm.id() + "\"} 7.0",
                                "zenoh_messages_dropped_total 1.0",
                                "zenoh_reconnects_total 2.0",
                                "zenoh_refused_total 3.0",
                                "zenoh_malformed_total 4.0",
                                "zenoh_faces 0.0",
                                "zenoh_connected 1.0"));

        bus.be(router(Map.of()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics()).doesNotContain("module=\"" + arm.id() + "\"} 5.0"));
    }

    private String metrics() {
        return client.as(Role.ADMIN)
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
