package io.vyra.modulemanager.ros2.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros.RosBridge;
import io.vyra.modulemanager.ros.RosEcho;
import io.vyra.modulemanager.ros.RosGraph;
import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.Robot;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.ros2.graph.Publisher;
import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph around the manager, by JSON. */
class GraphGatewayTest {
    private static final TypeName STRING = TypeName.parse("std_msgs/msg/String");
    private static final TypeName ADD = TypeName.parse("example_interfaces/srv/AddTwoInts");
    private static final Optional<String> NONE = Optional.empty();

    @TempDir
    private Path folder;

    private Robot robot;
    private RosBridge bridge;
    private RosNode arm;

    @BeforeEach
    void begin() throws Exception {
        robot = new Robot(
                folder,
                Settings.local(
                        Domains.free(),
                        Map.of(
                                "mm.ros2.echo-allowed", "/arm/.*",
                                "mm.ros2.publish-allowed", "/arm/.*",
                                "mm.ros2.call-allowed", "/arm/.*",
                                "mm.ros2.max-echoes", "2")));
        bridge = robot.face.bridge();
        arm = robot.join("/arm", "driver");
    }

    @AfterEach
    void end() {
        robot.close();
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    private Optional<RosGraph.Topic> topic(String name) {
        return bridge.graph().topics().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst();
    }

    private void awaitTopic(String name, int publishers, int subscriptions) {
        await().atMost(Robot.PATIENCE)
                .until(() -> topic(name)
                        .filter(topic -> topic.publishers().size() == publishers
                                && topic.subscriptions().size() == subscriptions)
                        .isPresent());
    }

    private void awaitService(String name) {
        await().atMost(Robot.PATIENCE)
                .until(() -> bridge.graph().services().stream()
                        .anyMatch(service -> service.name().equals(name)
                                && !service.servers().isEmpty()));
    }

    private static void assertProblem(Runnable action, ProblemType type, String detail) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.type()).isEqualTo(type);
            assertThat(e.problem().detail()).contains(detail);
        });
    }

    @Test
    void shouldShowNodesTopicsAndServices() {
        arm.createPublisher("state", STRING, Qos.DEFAULT.transientLocal());
        arm.createSubscription("command", STRING, Qos.DEFAULT.bestEffort(), _ -> {});
        arm.createService("add", ADD, _ -> Map.of());
        awaitTopic("/arm/state", 1, 0);
        awaitTopic("/arm/command", 0, 1);
        awaitService("/arm/add");

        await().atMost(Robot.PATIENCE).untilAsserted(() -> {
            RosGraph graph = bridge.graph();
            assertThat(graph.nodes())
                    .extracting(RosGraph.Node::name)
                    .containsExactly("/arm/driver", "/" + robot.manager().self() + "/modulemanager");
            assertThat(graph.nodes()).extracting(RosGraph.Node::own).containsExactly(false, true);
            assertThat(topic("/arm/state").orElseThrow().publishers())
                    .containsExactly(
                            new RosGraph.Endpoint("/arm/driver", STRING.toString(), "reliable", "transient_local"));
            assertThat(topic("/arm/command").orElseThrow().subscriptions())
                    .containsExactly(
                            new RosGraph.Endpoint("/arm/driver", STRING.toString(), "best_effort", "volatile"));
            assertThat(graph.services())
                    .contains(new RosGraph.Service(
                            "/arm/add", List.of(ADD.toString()), List.of("/arm/driver"), List.of()));
        });
        assertThat(bridge.status().connected()).isTrue();
        assertThat(bridge.status().range()).isEqualTo("localhost");
    }

    @Test
    void shouldListAConflictUntilAnEndIsReplacedByOneThatFits() throws Exception {
        RosNode viewer = robot.join("/", "viewer");
        Publisher weak = arm.createPublisher("scan", STRING, Qos.DEFAULT.bestEffort());
        List<Object> received = new CopyOnWriteArrayList<>();
        viewer.createSubscription(
                "/arm/scan",
                STRING,
                Qos.DEFAULT,
                message -> received.add(message.value().get("data")));

        await().atMost(Robot.PATIENCE).untilAsserted(() -> {
            RosGraph graph = bridge.graph();
            assertThat(graph.conflictCount()).isEqualTo(1);
            assertThat(graph.conflicts()).singleElement().satisfies(conflict -> {
                assertThat(conflict.topic()).isEqualTo("/arm/scan");
                assertThat(conflict.type()).isEqualTo(STRING.toString());
                assertThat(conflict.publisher().node()).isEqualTo("/arm/driver");
                assertThat(conflict.subscription().node()).isEqualTo("/viewer");
                assertThat(conflict.publisher().gid())
                        .isNotEqualTo(conflict.subscription().gid())
                        .matches("[0-9a-f]{2}(\\.[0-9a-f]{2}){15}");
                assertThat(conflict.differences())
                        .containsExactly(new RosGraph.Difference("reliability", "best_effort", "reliable"));
            });
        });
        weak.close();
        Publisher strong = arm.createPublisher("scan", STRING, Qos.DEFAULT);

        awaitTopic("/arm/scan", 1, 1);
        await().atMost(Robot.PATIENCE).until(() -> strong.subscriptions() == 1);
        strong.publish(Map.of("data", "heard"));
        await().atMost(Robot.PATIENCE).untilAsserted(() -> assertThat(received).containsExactly("heard"));
        assertThat(bridge.graph().conflicts()).isEmpty();
        assertThat(bridge.graph().conflictCount()).isZero();
    }

    @Test
    void shouldFollowALatchedTopicFromItsLastMessage() throws Exception {
        Publisher state = arm.createPublisher(
                "state", STRING, Qos.DEFAULT.transientLocal().withDepth(1));
        state.publish(Map.of("data", "up"));
        awaitTopic("/arm/state", 1, 0);

        try (RosEcho echo = bridge.echo("/arm/state", NONE)) {
            assertThat(echo.type()).isEqualTo(STRING.toString());
            assertThat(echo.next(Robot.PATIENCE)
                            .orElseThrow()
                            .message()
                            .path("data")
                            .textValue())
                    .isEqualTo("up");
        }
        assertThat(bridge.status().counters().echoes()).isZero();
        assertThat(bridge.status().counters().echoed()).isEqualTo(1);
    }

    @Test
    void shouldDropAndCountWhatASlowReaderDoesNotTake() throws Exception {
        Publisher state = arm.createPublisher("state", STRING, Qos.DEFAULT);
        awaitTopic("/arm/state", 1, 0);
        try (RosEcho echo = bridge.echo("/arm/state", NONE)) {
            await("a message too many").atMost(Robot.PATIENCE).until(() -> {
                state.publish(Map.of("data", "again"));
                return bridge.status().counters().dropped() > 0;
            });

            assertThat(echo.takeDropped()).isPositive();
            for (int i = 0; i < EchoQueue.CAPACITY; i++) {
                assertThat(echo.next(Robot.PATIENCE)).isPresent();
            }
        }
    }

    @Test
    void shouldKeepFewLargeMessagesForASlowReader() throws Exception {
        TypeName image = TypeName.parse("sensor_msgs/msg/Image");
        Map<String, Object> picture = Map.of("encoding", "rgb8", "data", new byte[2_000_000]);
        Publisher camera = arm.createPublisher("image", image, Qos.DEFAULT);
        awaitTopic("/arm/image", 1, 0);
        try (RosEcho echo = bridge.echo("/arm/image", NONE)) {
            await("messages too many").atMost(Robot.PATIENCE).until(() -> {
                camera.publish(picture);
                return bridge.status().counters().dropped() >= 2;
            });
            long dropped = bridge.status().counters().dropped();
            assertThat(echo.takeDropped()).isGreaterThanOrEqualTo(dropped);

            // Four MiB hold two of them.
            assertThat(echo.next(Robot.PATIENCE)
                            .orElseThrow()
                            .message()
                            .path("data")
                            .textValue())
                    .as("in Base64")
                    .hasSize(2_666_668);
            assertThat(bridge.status().counters().echoed()).isEqualTo(1);
        }
    }

    @Test
    void shouldShowTheLastOfMessagesThatAreLargerThanWhatWaits() throws Exception {
        TypeName image = TypeName.parse("sensor_msgs/msg/Image");
        Publisher camera = arm.createPublisher("image", image, Qos.DEFAULT);
        awaitTopic("/arm/image", 1, 0);
        try (RosEcho echo = bridge.echo("/arm/image", NONE)) {
            await("the loss").atMost(Robot.PATIENCE).until(() -> {
                camera.publish(Map.of("data", new byte[5_000_000]));
                return bridge.status().counters().dropped() > 0;
            });

            assertThat(echo.takeDropped()).isPositive();
            assertThat(echo.next(Robot.PATIENCE)
                            .orElseThrow()
                            .message()
                            .path("data")
                            .textValue())
                    .as("in Base64")
                    .hasSize(6_666_668);
        }
    }

    @Test
    void shouldFollowOnlySoManyTopicsAtATime() {
        arm.createPublisher("state", STRING, Qos.DEFAULT);
        awaitTopic("/arm/state", 1, 0);
        try (RosEcho one = bridge.echo("/arm/state", NONE);
                RosEcho two = bridge.echo("/arm/state", NONE)) {
            assertProblem(() -> bridge.echo("/arm/state", NONE), ProblemType.TOO_MANY_REQUESTS, "max-echoes");
            assertThat(List.of(one, two)).extracting(RosEcho::type).containsOnly(STRING.toString());
        }
        bridge.echo("/arm/state", NONE).close();
    }

    @Test
    void shouldPublishToWhoeverListens() {
        List<Object> received = new CopyOnWriteArrayList<>();
        arm.createSubscription(
                "command",
                STRING,
                Qos.DEFAULT,
                message -> received.add(message.value().get("data")));
        awaitTopic("/arm/command", 0, 1);

        RosBridge.Published first = bridge.publish("/arm/command", NONE, json().put("data", "go"));
        bridge.publish("/arm/command", NONE, json().put("data", "stop"));

        assertThat(first).isEqualTo(new RosBridge.Published("/arm/command", STRING.toString(), 1));
        await().atMost(Robot.PATIENCE).untilAsserted(() -> assertThat(received).containsExactly("go", "stop"));
        assertThat(bridge.status().counters().published()).isEqualTo(2);
    }

    @Test
    void shouldCallAServiceOfTheGraph() {
        arm.createService("add", ADD, request -> Map.of("sum", (Long) request.get("a") + (Long) request.get("b")));
        awaitService("/arm/add");

        RosBridge.Answer answer = bridge.call(
                "/arm/add", NONE, json().put("a", "9007199254740993").put("b", 1), Robot.PATIENCE);

        // 64-bit integers are texts: many readers of JSON round them.
        assertThat(answer.response().path("sum").textValue()).isEqualTo("9007199254740994");
        assertThat(answer.type()).isEqualTo(ADD.toString());
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        assertProblem(
                () -> bridge.call("/arm/gone", Optional.of(ADD.toString()), json(), Duration.ofMillis(50)),
                ProblemType.TIMED_OUT,
                "Nobody serves /arm/gone. GET /api/v1/ros/graph lists");
    }

    @Test
    void shouldSayThatAServiceIsTooSlow() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        arm.createService("add", ADD, _ -> {
            awaitEnd(end);
            return Map.of();
        });
        awaitService("/arm/add");
        try {
            assertProblem(
                    () -> bridge.call("/arm/add", NONE, json(), Duration.ofMillis(1_500)),
                    ProblemType.TIMED_OUT,
                    "/arm/add did not answer within 1.5 s");
        } finally {
            end.countDown();
        }
    }

    @Test
    void shouldSayThatAnAnswerCannotBeRead() throws Exception {
        int domain = Domains.free();
        Map<String, String> here =
                Map.of("mm.ros2.interfaces", definition("here", "int64 sum"), "mm.ros2.call-allowed", "/arm/.*");
        Map<String, String> there = Map.of("mm.ros2.interfaces", definition("there", "bool ok"));
        TypeName type = TypeName.parse("arm_msgs/srv/Move");
        try (Robot other = new Robot(folder.resolve("other"), Settings.local(domain, here))) {
            other.join(Settings.local(domain, there), "/arm", "driver").createService("move", type, _ -> Map.of());

            assertProblem(
                    () -> other.face.bridge().call("/arm/move", Optional.of(type.toString()), json(), Robot.PATIENCE),
                    ProblemType.MODULE_ANSWERED_WITH_ERROR,
                    "See whether both sides have the same definition");
        }
    }

    /** The folder of a package whose service answers so. */
    private String definition(String name, String response) throws IOException {
        Path services = Files.createDirectories(folder.resolve(name).resolve("arm_msgs/srv"));
        Files.writeString(services.resolve("Move.srv"), "---\n" + response + "\n");
        return folder.resolve(name).toString();
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldKeepToTheAllowLists() {
        assertProblem(() -> bridge.echo("/leg/state", NONE), ProblemType.FORBIDDEN, "mm.ros2.echo-allowed");
        assertProblem(() -> bridge.publish("/leg/go", NONE, json()), ProblemType.FORBIDDEN, "mm.ros2.publish-allowed");
        assertProblem(
                () -> bridge.call("/leg/add", NONE, json(), Duration.ofSeconds(1)),
                ProblemType.FORBIDDEN,
                "mm.ros2.call-allowed");
        assertThat(bridge.status().counters().refused()).isEqualTo(3);
    }

    @Test
    void shouldSayWhatIsWrongWithARequest() {
        Optional<String> string = Optional.of(STRING.toString());
        Optional<String> unknown = Optional.of("robot_msgs/msg/Wheel");

        assertProblem(() -> bridge.echo("/arm/nothing", NONE), ProblemType.NOT_FOUND, "/arm/nothing");
        assertProblem(() -> bridge.echo("/arm/a", unknown), ProblemType.INVALID_REQUEST, "mm.ros2.interfaces");
        assertProblem(
                () -> bridge.publish("/arm/a", string, json().put("date", "x")), ProblemType.INVALID_REQUEST, "/date");
        assertProblem(
                () -> bridge.publish("/arm/a", string, json().put("data", 1)), ProblemType.INVALID_REQUEST, "/data");
    }

    @Test
    void shouldRefuseATypeThatTheGraphContradicts() {
        Optional<String> number = Optional.of("std_msgs/msg/Int32");
        Optional<String> trigger = Optional.of("std_srvs/srv/Trigger");
        arm.createPublisher("state", STRING, Qos.DEFAULT);
        arm.createSubscription("command", STRING, Qos.DEFAULT, _ -> {});
        arm.createService("add", ADD, _ -> Map.of());
        awaitTopic("/arm/state", 1, 0);
        awaitTopic("/arm/command", 0, 1);
        awaitService("/arm/add");

        assertContradicted(() -> bridge.echo("/arm/state", number), "/arm/state has the type " + STRING);
        assertContradicted(
                () -> bridge.publish("/arm/command", number, json().put("data", 1)),
                "/arm/command has the type " + STRING + ", not std_msgs/msg/Int32");
        assertContradicted(
                () -> bridge.call("/arm/add", trigger, json(), Robot.PATIENCE), "/arm/add has the type " + ADD);
        assertThat(bridge.publish("/arm/command", Optional.of(STRING.toString()), json())
                        .subscriptions())
                .isEqualTo(1);
    }

    private static void assertContradicted(Runnable action, String detail) {
        assertProblem(action, ProblemType.INVALID_REQUEST, detail);
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().errors())
                                .extracting(FieldError::pointer)
                                .containsExactly("/type"));
    }

    /** A slip of one client must not decide of which type the topic is for the next. */
    @Test
    void shouldNotHoldATypeAgainstTheNextClient() {
        bridge.publish("/arm/later", Optional.of("std_msgs/msg/Int32"), json().put("data", 1));
        awaitTopic("/arm/later", 1, 0);

        assertThat(bridge.publish("/arm/later", Optional.of(STRING.toString()), json())
                        .type())
                .isEqualTo(STRING.toString());
    }

    @Test
    void shouldRefuseANameThatIsNone() {
        Optional<String> string = Optional.of(STRING.toString());

        assertNoName(() -> bridge.echo("/arm/9lives", string));
        assertNoName(() -> bridge.publish("/arm/9lives", string, json()));
        assertNoName(() -> bridge.call("/arm/9lives", Optional.of(ADD.toString()), json(), Robot.PATIENCE));
        assertThat(bridge.status().counters().echoes()).isZero();
    }

    private static void assertNoName(Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.type()).isEqualTo(ProblemType.INVALID_REQUEST);
            assertThat(e.problem().detail()).contains("/arm/9lives");
            assertThat(e.problem().errors()).extracting(FieldError::pointer).containsExactly("{name}");
        });
    }

    @Test
    void shouldSayThatTheManagerIsNotInTheGraph() {
        robot.face.close();

        assertThat(bridge.status().connected()).isFalse();
        assertThat(bridge.graph().nodes()).isEmpty();
        assertProblem(() -> bridge.echo("/arm/a", NONE), ProblemType.ROS_UNAVAILABLE, "stopping");
    }
}
