package io.vyra.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.module.json.JsonObject;
import io.vyra.module.json.MalformedJsonException;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.session.QueryOptions;
import io.vyra.zenoh.session.Reply;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module as those see it who use it: through a router of the reference implementation, by messages alone. */
class VyraModuleTest {
    private static final ModuleIdentity IDENTITY = new ModuleIdentity("java_arm", "0123456789abcdef".repeat(2));
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static ReferencePeer router;

    @TempDir
    Path storage;

    private final List<String> suspensions = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ZenohSession caller;
    private VyraModule module;

    @BeforeAll
    static void startRouter() throws Exception {
        router = ReferencePeer.router();
    }

    @AfterAll
    static void stopRouter() {
        router.close();
    }

    @BeforeEach
    void start() throws Exception {
        caller = ZenohSession.open(SessionSettings.client(router.endpoint()), PATIENCE);
        caller.declareSubscriber(
                IDENTITY + "/**",
                sample -> heard.add(
                        sample.key().toString().substring(IDENTITY.toString().length() + 1) + " "
                                + sample.payload().toText()));
        module = module(router.endpoint());
        assertThat(module.session().awaitConnection(PATIENCE)).isTrue();
        await().atMost(PATIENCE).until(() -> ask("get_state", JsonObject.EMPTY).isPresent());
    }

    @AfterEach
    void stop() {
        module.close();
        caller.close();
    }

    private VyraModule module(Endpoint endpoint) {
        return VyraModule.with(new ModuleSettings(IDENTITY, List.of(endpoint), storage, Optional.empty()))
                .parameter(Parameter.number("rate", 1).between(0.1, 10).describedAs("turns a second"))
                .volatileValue("turns", 0)
                .alias("arm")
                .function(
                        "greet",
                        arguments -> JsonObject.of(
                                "greeting", "hello " + arguments.text("name").orElseThrow()))
                .action("turn", VyraModuleTest::turn)
                .onSuspend(() -> suspensions.add("suspend"))
                .onResume(() -> suspensions.add("resume"))
                .start();
    }

    private static JsonObject turn(Action.Goal goal) throws InterruptedException {
        goal.feedback(JsonObject.of("turned", 1));
        if (goal.arguments().has("forever")) {
            new CountDownLatch(1).await();
        }
        return JsonObject.of("success", true).with("turns", goal.arguments().get("turns"));
    }

    /** The first reply, as VYRA's callers take it. */
    private Optional<JsonObject> ask(String function, JsonObject arguments) throws Exception {
        Optional<Reply> reply = caller.get(
                        IDENTITY + "/" + function,
                        QueryOptions.DEFAULT
                                .withTimeout(Duration.ofSeconds(30))
                                .withPayload(Bytes.of(arguments.toString()), Encoding.BYTES))
                .first();
        return reply.map(it -> parsed(((Reply.Success) it).sample().payload().toText()));
    }

    private static JsonObject parsed(String text) {
        try {
            return JsonObject.parse(text);
        } catch (MalformedJsonException e) {
            throw new AssertionError(text, e);
        }
    }

    private JsonObject answer(String function, JsonObject arguments) throws Exception {
        return ask(function, arguments).orElseThrow();
    }

    private void awaitHeard(String beginning) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).anyMatch(it -> it.startsWith(beginning)));
    }

    @Test
    void shouldAnswerItsOwnFunctions() throws Exception {
        assertThat(answer("greet", JsonObject.of("name", "Anna"))).isEqualTo(JsonObject.of("greeting", "hello Anna"));
        assertThat(answer("greet", JsonObject.EMPTY).text("error")).contains("No value present");
    }

    @Test
    void shouldAnswerArgumentsThatAreNone() throws Exception {
        Reply reply = caller.get(
                        IDENTITY + "/greet", QueryOptions.DEFAULT.withPayload(Bytes.of("{\"name\":"), Encoding.BYTES))
                .first()
                .orElseThrow();
        assertThat(parsed(((Reply.Success) reply).sample().payload().toText()).text("error"))
                .get()
                .asString()
                .startsWith("The arguments cannot be read.");
    }

    @Test
    void shouldListItsInterfaces() throws Exception {
        String list = answer("get_interface_list", JsonObject.EMPTY).toString();
        assertThat(list)
                .contains(
                        "{\"type\":\"service\",\"functionname\":\"greet\",\"namespace\":\"\"",
                        "{\"type\":\"action\",\"functionname\":\"turn\"",
                        "{\"type\":\"action\",\"functionname\":\"request_lc_suspend\"",
                        "{\"type\":\"message\",\"functionname\":\"StateFeed\",\"namespace\":\"feeder\"",
                        "\"name\":\"rate\",\"type\":\"float\",\"default\":1.0,\"min\":0.1,\"max\":10.0");
    }

    @Test
    void shouldKeepItsParametersOverAStart() throws Exception {
        assertThat(answer("set_parameter", JsonObject.of("key", "rate").with("value", 2.5))
                        .get("success"))
                .isEqualTo(true);
        JsonObject refused =
                answer("set_parameter", JsonObject.of("key", "rate").with("value", 99));
        assertThat(refused.get("success")).isEqualTo(false);
        assertThat(refused.text("message")).get().asString().contains("at most 10.0");
        module.close();

        module = module(router.endpoint());
        await().atMost(PATIENCE).until(() -> ask("get_state", JsonObject.EMPTY).isPresent());

        assertThat(answer("get_parameter", JsonObject.of("key", "rate")).get("value"))
                .isEqualTo(2.5);
        // Modules send JSON inside of JSON here.
        assertThat(parsed(answer("read_all_params", JsonObject.EMPTY)
                        .text("all_params_json")
                        .orElseThrow()))
                .isEqualTo(JsonObject.of("rate", 2.5));
        assertThat(answer("get_parameter", JsonObject.of("key", "none")).text("error"))
                .contains("There is no parameter 'none'");
    }

    @Test
    void shouldHaveVolatilesAliasAndLog() throws Exception {
        assertThat(answer("set_volatile", JsonObject.of("key", "turns").with("value", 7))
                        .get("success"))
                .isEqualTo(true);
        assertThat(module.volatileValue("turns")).isEqualTo(7L);
        assertThat(answer("set_volatile", JsonObject.of("key", "new").with("value", 7))
                        .get("success"))
                .isEqualTo(false);
        assertThat(answer("get_alias", JsonObject.EMPTY).text("alias")).contains("arm");
        answer("set_alias", JsonObject.of("alias", "left"));
        assertThat(answer("get_alias", JsonObject.EMPTY).text("alias")).contains("left");

        module.feeds().log(Feeds.Level.WARNING, "motor", "warm");
        module.feeds().log(Feeds.Level.ERROR, "motor", "hot");

        assertThat((List<?>)
                        answer("get_log_history", JsonObject.of("limit", 1)).get("logs_json"))
                .singleElement()
                .asString()
                .contains("\"level\":\"ERROR\",\"message\":\"hot\"");
        awaitHeard("feeder/LogFeed {\"level\":\"WARNING\",\"message\":\"warm\"");
    }

    @Test
    void shouldTellItsStateNewsErrorsAndThatItLives() throws Exception {
        module.state().become(Operational.READY);
        module.feeds().news("ready to turn");
        module.feeds().error("E7", "too hot", "wait");

        awaitHeard("feeder/StateFeed {\"previous\":\"Idle\",\"current\":\"Ready\",\"timestamp\":\"");
        awaitHeard("feeder/NewsFeed {\"type\":\"info\",\"message\":\"ready to turn\"");
        awaitHeard("feeder/ErrorFeed {\"error_id\":\"");
        assertThat(answer("get_state", JsonObject.EMPTY).text("operational")).contains("Ready");
        heard.clear();

        // Every five seconds.
        awaitHeard("feeder/NewsFeed {\"type\":\"heartbeat\",\"message\":\"heartbeat: ");
        awaitHeard("feeder/StateFeed {\"previous\":\"N/A\",\"current\":\"Active\"");
        awaitHeard("feeder/StateFeed {\"previous\":\"N/A\",\"current\":\"Healthy\"");
    }

    @Test
    void shouldSuspendAndResume() throws Exception {
        JsonObject goal = answer("request_lc_suspend/goal", JsonObject.EMPTY);
        assertThat(goal.get("accepted")).isEqualTo(true);
        awaitHeard("request_lc_suspend/" + goal.text("goal_id").orElseThrow()
                + "/result {\"success\":true,\"message\":\"\",\"final_state\":\"Suspended\"}");
        assertThat(answer("get_state", JsonObject.EMPTY).text("lifecycle")).contains("Suspended");

        String resume = answer("request_lc_resume/goal", JsonObject.EMPTY)
                .text("goal_id")
                .orElseThrow();
        awaitHeard("request_lc_resume/" + resume + "/result {\"success\":true");

        assertThat(suspensions).containsExactly("suspend", "resume");
    }

    @Test
    void shouldNotSuspendWhileItRecovers() throws Exception {
        module.state().become(Health.CRITICAL);

        String goal = answer("request_lc_suspend/goal", JsonObject.EMPTY)
                .text("goal_id")
                .orElseThrow();

        awaitHeard(
                "request_lc_suspend/" + goal
                        + "/result {\"success\":false,\"message\":\"A module that is Recovering does not become Suspended next\"");
        assertThat(suspensions).isEmpty();
        answer("acknowledge_error", JsonObject.EMPTY);
        assertThat(module.state().now().lifecycle()).isEqualTo(Lifecycle.ACTIVE);
    }

    @Test
    void shouldRunAndCancelActions() throws Exception {
        String quick =
                answer("turn/goal", JsonObject.of("turns", 3)).text("goal_id").orElseThrow();
        awaitHeard("turn/" + quick + "/feedback {\"turned\":1}");
        awaitHeard("turn/" + quick + "/result {\"success\":true,\"turns\":3}");

        String endless = answer("turn/goal", JsonObject.of("forever", true))
                .text("goal_id")
                .orElseThrow();
        awaitHeard("turn/" + endless + "/feedback");
        assertThat(answer("turn/cancel", JsonObject.of("goal_id", endless)).get("canceled"))
                .isEqualTo(true);
        awaitHeard("turn/" + endless + "/result {\"success\":false,\"message\":\"canceled\"}");
        await().atMost(PATIENCE)
                .until(() -> answer("turn/cancel", JsonObject.of("goal_id", endless))
                        .get("canceled")
                        .equals(false));
    }

    @Test
    void shouldRefuseMoreGoalsThanItCanRun() throws Exception {
        for (int i = 0; i < Actions.MOST_GOALS; i++) {
            assertThat(answer("turn/goal", JsonObject.of("forever", true)).get("accepted"))
                    .isEqualTo(true);
        }
        assertThat(answer("turn/goal", JsonObject.of("forever", true)).get("accepted"))
                .isEqualTo(false);
    }

    @Test
    void shouldSayThatItGoes() throws Exception {
        KeyExpression token = KeyExpression.of(IDENTITY.toString());
        await().atMost(PATIENCE)
                .until(() -> caller.livelinessGet(token, Duration.ofSeconds(30)).size() == 1);
        module.state().become(Operational.READY);

        module.close();

        awaitHeard("feeder/StateFeed {\"previous\":\"Active\",\"current\":\"ShuttingDown\"");
        awaitHeard("feeder/StateFeed {\"previous\":\"Ready\",\"current\":\"Stopped\"");
        awaitHeard("feeder/StateFeed {\"previous\":\"ShuttingDown\",\"current\":\"Offline\"");
        await().atMost(PATIENCE)
                .until(() -> caller.livelinessGet(token, Duration.ofSeconds(30)).isEmpty());
        module.awaitEnd();
    }

    @Test
    void shouldBeThereAgainWhenItsRouterIs() throws Exception {
        Endpoint endpoint = ReferencePeer.free();
        module.close();
        // Before there is a router at all.
        module = module(endpoint);
        ReferencePeer first = ReferencePeer.router(endpoint);
        try (ReferencePeer client = ReferencePeer.client(endpoint)) {
            await().atMost(PATIENCE).until(() -> pythonAsks(client).contains("hello Berta"));
        }
        first.kill();

        try (ReferencePeer second = ReferencePeer.router(endpoint);
                ReferencePeer client = ReferencePeer.client(second.endpoint())) {
            await().atMost(PATIENCE).until(() -> pythonAsks(client).contains("hello Berta"));
        }
    }

    @Test
    void shouldConnectWithAPasswordThatNobodyAsksFor() throws Exception {
        module.close();

        module = VyraModule.with(ModuleSettings.fromEnvironment(Map.of(
                        "MODULE_ID", IDENTITY.toString(),
                        "MODULE_STORAGE", storage.toString(),
                        "MM_BUS_PASSWORD", "secret",
                        "ZENOH_CONNECT", router.endpoint().toString())))
                .start();

        assertThat(module.session().awaitConnection(PATIENCE)).isTrue();
        await().atMost(PATIENCE).until(() -> ask("get_state", JsonObject.EMPTY).isPresent());
    }

    private static String pythonAsks(ReferencePeer client) {
        return String.join("\n", client.tell("get", IDENTITY + "/greet", "text:{\"name\": \"Berta\"}"));
    }
}
