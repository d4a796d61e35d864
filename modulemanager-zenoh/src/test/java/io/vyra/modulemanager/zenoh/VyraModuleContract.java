package io.vyra.modulemanager.zenoh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.bus.ModuleParameters;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.module.Lifecycle;
import io.vyra.modulemanager.module.ModuleHealth;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Operational;
import io.vyra.modulemanager.module.StateLayers;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the manager and a VYRA module in Python do together, whatever carries their messages. */
abstract class VyraModuleContract {
    /** Of calls that are to be answered. */
    private static final Duration LONG = Duration.ofSeconds(30);
    /** Of calls that nobody answers. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    Robot robot;
    private PythonModule module;
    private ModuleId arm;

    /** A manager whose bus is up, and nothing else. */
    abstract Robot open(Path folder) throws Exception;

    /** A VYRA module on that bus. */
    abstract PythonModule connect(ModuleId id) throws Exception;

    @BeforeEach
    void begin() throws Exception {
        robot = open(folder);
        await().atMost(Robot.PATIENCE)
                .until(() -> robot.face.status().snapshot().connected());
        arm = robot.installSleeper("arm");
        module = connect(arm);
        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(layers().health()).contains(ModuleHealth.HEALTHY));
    }

    @AfterEach
    void end() {
        if (module != null) {
            module.close();
        }
        robot.close();
    }

    private StateLayers layers() {
        return robot.assembly.reports().layers(arm);
    }

    private ObjectNode call(String function) {
        return call(function, LONG);
    }

    private ObjectNode call(String function, Duration timeout) {
        return robot.face.bus().call(arm, function, JsonNodeFactory.instance.objectNode(), timeout);
    }

    private ProblemException refused(String function) {
        return refused(function, LONG);
    }

    private ProblemException refused(String function, Duration timeout) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                ProblemException.class, () -> call(function, timeout));
    }

    private void awaitLayers(Lifecycle lifecycle, Operational operational, ModuleHealth health) {
        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(layers())
                        .isEqualTo(new StateLayers(
                                Optional.of(lifecycle), Optional.of(operational), Optional.of(health))));
    }

    @Test
    void shouldKnowAllLayersOfAModuleThatAppears() {
        awaitLayers(Lifecycle.ACTIVE, Operational.READY, ModuleHealth.HEALTHY);
        assertThat(robot.view(arm).state().lifecycle()).contains("Active");
        assertThat(robot.view(arm).state().operational()).contains("Ready");
    }

    @Test
    void shouldFollowEveryLayer() {
        module.tell("become", "operational", "Running");
        module.tell("become", "health", "Warning");

        awaitLayers(Lifecycle.ACTIVE, Operational.RUNNING, ModuleHealth.WARNING);
        assertThat(robot.view(arm).state().health()).isEqualTo("warning");
    }

    @Test
    void shouldAskForTheStateWhenATransitionWasSwallowed() {
        module.tell("become", "health", "Critical", "swallowed");
        module.tell("become", "lifecycle", "Recovering", "swallowed");
        int asked = module.events("query", "get_state").size();
        // Nothing leads from Active to Offline, so that something must have been lost.
        module.tell("become", "lifecycle", "Offline");

        awaitLayers(Lifecycle.OFFLINE, Operational.READY, ModuleHealth.CRITICAL);
        await().atMost(Robot.PATIENCE)
                .untilAsserted(
                        () -> assertThat(module.events("query", "get_state")).hasSizeGreaterThan(asked));
    }

    @Test
    void shouldShowNewsErrorsAndLogs() {
        module.tell("news", "calibrated", "info");
        module.tell("error", "motor is hot");
        module.tell("log", "WARNING", "slipping");
        module.tell("news", "heartbeat: 2026-06-01");

        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(
                                robot.assembly.feed().history(Optional.of(arm.toString()), Optional.empty(), 0, 100))
                        .extracting(FeedEvent.Entry::entry)
                        .contains(
                                new FeedEntry(FeedEntry.Kind.NEWS, arm.toString(), "calibrated", "info"),
                                new FeedEntry(FeedEntry.Kind.ERROR, arm.toString(), "motor is hot", "7; look at it"),
                                new FeedEntry(FeedEntry.Kind.LOG, arm.toString(), "slipping", "WARNING"))
                        .noneMatch(entry -> entry.message().startsWith("heartbeat")));
    }

    @Test
    void shouldReadAndSetParameters() {
        ModuleParameters parameters =
                new ModuleParameters(robot.face.bus(), robot.assembly.parameterHistory(), Clock.systemUTC());

        assertThat(parameters.all(arm).path("speed").asInt()).isEqualTo(1);
        ObjectNode faster = JsonNodeFactory.instance.objectNode().put("speed", 3);
        parameters.set(arm, faster, "anna");

        assertThat(parameters.one(arm, "speed").path("value").asInt()).isEqualTo(3);
        await("vyra_base answers no query without a payload")
                .atMost(Robot.PATIENCE)
                .until(() -> !module.events("query", "read_all_params", "{}").isEmpty());
    }

    @Test
    void shouldTellApartHowACallFails() {
        assertThat(call("get_interface_list").path("interface_list").get(0)).isInstanceOf(TextNode.class);

        module.tell("behave", "get_interface_list", "error");
        assertThat(refused("get_interface_list").type()).isEqualTo(ProblemType.MODULE_ANSWERED_WITH_ERROR);
        assertThat(refused("get_interface_list").problem().detail()).contains(arm.toString(), "it is broken");
        module.tell("behave", "get_interface_list", "refuse");
        assertThat(refused("get_interface_list").problem().detail()).contains("no such luck");
        module.tell("behave", "get_interface_list", "garbage");
        assertThat(refused("get_interface_list").problem().detail()).contains("cannot be read");
        module.tell("behave", "get_interface_list", "silent");
        assertThat(refused("get_interface_list", SHORT).type()).isEqualTo(ProblemType.TIMED_OUT);
        assertThat(refused("no_such_function").problem().detail())
                .contains("Nobody on the bus serves no_such_function");
        assertThat(refused("../other").type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(refused("*").type()).isEqualTo(ProblemType.INVALID_REQUEST);
    }

    @Test
    void shouldReadTheStateBackWhenAReplyIsLost() {
        module.tell("behave", "pause", "late");

        // Long enough for the module to do it, all of which passes.
        assertThat(call("pause", Duration.ofSeconds(5)).path("success").asBoolean())
                .isTrue();
        assertThat(layers().operational()).contains(Operational.PAUSED);

        module.tell("behave", "stop", "silent");
        assertThat(refused("stop", SHORT).type()).as("it did not stop").isEqualTo(ProblemType.TIMED_OUT);
        assertThat(robot.face.status().snapshot().counters().reconnects()).isZero();
    }

    @Test
    void shouldSuspendAndResumeByTheModulesOwnActions() {
        assertThat(robot.command(arm, Command.SUSPEND).status()).isEqualTo(Operation.Status.SUCCEEDED);
        assertThat(robot.view(arm).state().phase()).isEqualTo(ModuleView.Phase.SUSPENDED);
        assertThat(robot.view(arm).state().lifecycle()).contains("Suspended");

        assertThat(robot.command(arm, Command.RESUME).status()).isEqualTo(Operation.Status.SUCCEEDED);
        assertThat(robot.view(arm).state().phase()).isEqualTo(ModuleView.Phase.RUNNING);
        assertThat(robot.view(arm).state().lifecycle()).contains("Active");
        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(module.events("goal")).hasSizeGreaterThanOrEqualTo(2));
        await("how far it was")
                .atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(
                                robot.assembly.feed().history(Optional.of(arm.toString()), Optional.empty(), 0, 100))
                        .extracting(FeedEvent.Entry::entry)
                        .contains(new FeedEntry(
                                FeedEntry.Kind.NEWS,
                                arm.toString(),
                                "request_lc_suspend: {\"progress\":50}",
                                "feedback")));
    }

    @Test
    void shouldSayWhyAModuleIsNotSuspended() {
        for (List<String> behaviour :
                List.of(List.of("reject", "a task is running"), List.of("fail", "the brake is stuck"))) {
            module.tell("behave", "request_lc_suspend", behaviour.getFirst());

            Operation operation = robot.command(arm, Command.SUSPEND);

            assertThat(operation.status()).isIn(Operation.Status.FAILED, Operation.Status.ROLLED_BACK);
            assertThat(operation.problem().orElseThrow().type()).isEqualTo(ProblemType.MODULE_ANSWERED_WITH_ERROR);
            assertThat(operation.problem().orElseThrow().detail()).contains(behaviour.getLast());
            assertThat(robot.view(arm).state().phase()).isEqualTo(ModuleView.Phase.RUNNING);
            assertThat(robot.view(arm).desiredState())
                    .isEqualTo(io.vyra.modulemanager.ModuleManager.DesiredState.RUNNING);
        }
    }

    @Test
    void shouldSurviveHostilePayloads() {
        String other = "ghost_" + "9".repeat(32);
        long before = robot.face.status().snapshot().counters().malformed();
        for (String text : List.of(
                "",
                "nonsense",
                "[]",
                "\"x\"",
                "{",
                "{}",
                "{\\\"current\\\":7}",
                "{\\\"current\\\":\\\"Dancing\\\"}",
                "{\\\"current\\\":{}}",
                "\\xff\\xfe",
                "[".repeat(5_000),
                "{\\\"current\\\":\\\"Active\\\"} {}",
                "{\\\"current\\\":\\\"Active\\\",\\\"current\\\":\\\"Offline\\\"}")) {
            module.tell("raw", arm + "/feeder/StateFeed", text.replace("\\\"", "\""));
            module.tell("raw", arm + "/feeder/NewsFeed", text.replace("\\\"", "\""));
        }
        module.tell("big", arm + "/feeder/LogFeed", "3000000");
        module.tell("raw", other + "/feeder/StateFeed", "{\"current\":\"Active\"}");
        module.tell("raw", "nobody/feeder/StateFeed", "{\"current\":\"Active\"}");
        module.tell("become", "operational", "Running");

        awaitLayers(Lifecycle.ACTIVE, Operational.RUNNING, ModuleHealth.HEALTHY);
        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(
                                robot.face.status().snapshot().counters().malformed() - before)
                        .isBetween(20L, 40L));
        assertThat(robot.assembly.reports().layers(ModuleId.parse(other).orElseThrow()))
                .isEqualTo(StateLayers.UNKNOWN);
        assertThat(call("get_state").path("operational").asText()).isEqualTo("Running");
    }

    @Test
    void shouldForgetAModuleThatIsGoneAndKnowItAgain() throws Exception {
        module.kill();
        robot.command(arm, Command.STOP);
        await().atMost(Robot.PATIENCE).until(() -> layers().equals(StateLayers.UNKNOWN));

        robot.command(arm, Command.START);
        module = connect(arm);

        awaitLayers(Lifecycle.ACTIVE, Operational.READY, ModuleHealth.HEALTHY);
    }

    @Test
    void shouldAnswerAsAModuleItself() throws Exception {
        String self = robot.manager().self().toString();

        assertThat(answer(self + "/get_state").path("lifecycle").asText()).isEqualTo("Active");
        assertThat(answer(self + "/get_alias").path("alias").asText()).isEqualTo("mm");
        assertThat(answer(self + "/set_parameter").path("message").asText()).contains("configuration");
        assertThat(answer(self + "/get_parameter").path("error").asText()).contains("key");
        assertThat(answer(self + "/plugin/resolve_plugins").path("plugins").isEmpty())
                .isTrue();
        assertThat(module.tell("alive", self + "/**")).contains(List.of("alive", self + "/alive"));
    }

    @Test
    void shouldBeatItsHeart() {
        String self = robot.manager().self().toString();
        module.tell("subscribe", "manager", self + "/feeder/*");

        await().atMost(Robot.PATIENCE).untilAsserted(() -> {
            assertThat(module.events("sample", "manager", self + "/feeder/StateFeed"))
                    .isNotEmpty();
            assertThat(module.events("sample", "manager", self + "/feeder/NewsFeed"))
                    .anySatisfy(event -> assertThat(event.getLast()).contains("heartbeat: "));
        });
    }

    @Test
    void shouldAnswerRequestsAndRefuseCommandsOfAnybody() throws Exception {
        String api = robot.manager().self() + "/api/";

        assertThat(answer(api + "modules").path("items").get(0).path("id").asText())
                .isEqualTo(arm.toString());
        assertThat(answer(api + "modules/" + arm + "/explain").path("phase").asText())
                .isEqualTo("running");
        assertThat(answer(api + "operations").path("items")).hasSize(1);
        assertThat(problem(api + "modules/" + arm + "/stop", "{}").path("code").asText())
                .isEqualTo("forbidden");
        assertThat(problem(api + "modules/nothing", "{}").path("code").asText()).isEqualTo("module-not-found");
        assertThat(problem(api + "modules", "{\"stat\":1}")
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/stat");
        assertThat(problem(api + "modules", "[").path("status").asInt()).isEqualTo(400);
        assertThat(robot.view(arm).state().phase()).isEqualTo(ModuleView.Phase.RUNNING);
    }

    private ObjectNode answer(String key) throws Exception {
        List<String> reply = reply(key, "{}");
        assertThat(reply.get(1)).isEqualTo("ok");
        return (ObjectNode) new ObjectMapper().readTree(reply.get(3));
    }

    private ObjectNode problem(String key, String payload) throws Exception {
        List<String> reply = reply(key, payload);
        assertThat(reply.get(1)).isEqualTo("error");
        assertThat(reply.get(4)).isEqualTo("application/problem+json");
        return (ObjectNode) new ObjectMapper().readTree(reply.get(3));
    }

    private List<String> reply(String key, String payload) {
        return module.tell("ask", key, payload).stream()
                .filter(event -> event.getFirst().equals("reply"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody answers " + key));
    }

    @Test
    void shouldCountWhatModulesSay() {
        assertThat(robot.face.status().snapshot().modules().get(arm).published())
                .isPositive();
        assertThatThrownBy(() -> robot.face.bus().call(arm, "a//b", JsonNodeFactory.instance.objectNode(), LONG))
                .isInstanceOf(ProblemException.class);
    }
}
