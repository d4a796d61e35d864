package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.LogWatch;
import io.vyra.ros2.peer.Peer;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.qos.QosPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes, topics and services, among each other and with Cyclone DDS that speaks as rmw_cyclonedds does. */
class RosGraphTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TypeName STRING = TypeName.parse("std_msgs/msg/String");
    private static final TypeName ADD = TypeName.parse("example_interfaces/srv/AddTwoInts");

    private int domain;
    private RosContext context;
    private RosNode node;

    @BeforeEach
    void start() throws IOException {
        domain = Domains.free();
        context = RosContext.open(settings());
        node = context.createNode("/", "manager");
    }

    @AfterEach
    void stop() {
        context.close();
    }

    private ContextSettings settings() {
        return ContextSettings.of(Domains.localhost(domain), "test");
    }

    @Test
    void shouldPublishToItself() {
        List<Object> received = new CopyOnWriteArrayList<>();
        node.createSubscription(
                "~/news",
                STRING,
                Qos.DEFAULT,
                message -> received.add(message.value().get("data")));
        Publisher publisher = node.createPublisher("/manager/news", STRING, Qos.DEFAULT);
        await().atMost(PATIENCE).until(() -> publisher.subscriptions() == 1);

        IntStream.range(0, 5).forEach(i -> publisher.publish(Map.of("data", "news " + i)));

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(received).containsExactly("news 0", "news 1", "news 2", "news 3", "news 4"));
    }

    @Test
    void shouldSeeTheNodesOfAnother() throws IOException {
        try (RosContext other = RosContext.open(settings())) {
            RosNode arm = other.createNode("/arm", "driver");
            arm.createPublisher("state", STRING, Qos.DEFAULT.transientLocal());
            arm.createService("reset", ADD, request -> Map.of());

            await().atMost(PATIENCE).untilAsserted(() -> {
                GraphSnapshot graph = context.graph();
                assertThat(graph.nodesByName()).containsOnlyKeys("/manager", "/arm/driver");
                assertThat(graph.topics().get("/arm/state")).singleElement().satisfies(endpoint -> {
                    assertThat(endpoint.node()).contains("/arm/driver");
                    assertThat(endpoint.type()).isEqualTo("std_msgs/msg/String");
                    assertThat(endpoint.isProviding()).isTrue();
                    assertThat(endpoint.typeHash())
                            .contains("RIHS01_df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18");
                    assertThat(endpoint.qos().isTransientLocal()).isTrue();
                });
                assertThat(graph.services().get("/arm/reset"))
                        .singleElement()
                        .satisfies(
                                endpoint -> assertThat(endpoint.type()).isEqualTo("example_interfaces/srv/AddTwoInts"));
            });
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(context.graph().nodesByName()).containsOnlyKeys("/manager"));
    }

    @ParameterizedTest
    @CsvSource({
        "CYCLONE_PYTHON, Nodes",
        "CYCLONE_PYTHON, HumbleNodes",
        "CYCLONE, Nodes",
        "FAST_DDS, Nodes",
        "FAST_DDS, HumbleNodes"
    })
    void shouldSeeTheNodesOfAPeer(Implementation implementation, String kind) throws IOException {
        try (LogWatch log = new LogWatch(RosContext.class);
                Peer peer = Peer.start(implementation, domain)) {
            peer.tell("writer", "w", "rt/chatter", "String", "reliable");
            peer.tell("node", kind, "/demo", "talker", "w");

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(context.graph().nodesByName()).containsKey("/demo/talker");
                assertThat(context.graph().nodesByName().get("/demo/talker"))
                        .singleElement()
                        .satisfies(found -> assertThat(found.vendor()).isEqualTo(implementation.vendor()));
                assertThat(context.graph().topics().get("/chatter"))
                        .singleElement()
                        .satisfies(endpoint -> assertThat(endpoint.node()).contains("/demo/talker"));
            });
            if (kind.equals("HumbleNodes")) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(log.messages())
                                .singleElement(as(InstanceOfAssertFactories.STRING))
                                .contains("as Humble does", "this program's nodes", "mm.ros2.distribution=humble"));
            } else {
                assertThat(log.messages()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CYCLONE", "FAST_DDS"})
    void shouldListTwoNodesOfOneNameAndKeepOneWhenTheOtherLeaves(Implementation implementation) throws IOException {
        try (Peer one = Peer.start(implementation, domain);
                Peer other = Peer.start(implementation, domain)) {
            one.tell("writer", "w", "rt/of_one", "String", "reliable");
            one.tell("node", "Nodes", "/demo", "talker", "w");
            other.tell("writer", "w", "rt/of_other", "String", "reliable");
            other.tell("node", "Nodes", "/demo", "talker", "w");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(context.graph().nodesByName().get("/demo/talker")).hasSize(2);
                assertThat(ownersOf("/of_one")).containsExactly("/demo/talker");
                assertThat(ownersOf("/of_other")).containsExactly("/demo/talker");
            });

            one.close();

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(context.graph().nodesByName().get("/demo/talker")).hasSize(1);
                assertThat(ownersOf("/of_one")).isEmpty();
                assertThat(ownersOf("/of_other")).containsExactly("/demo/talker");
            });
        }
    }

    private List<String> ownersOf(String topic) {
        return context.graph().topics().getOrDefault(topic, List.of()).stream()
                .flatMap(endpoint -> endpoint.node().stream())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "reader, 'reliable,transient_local', /manager, /demo/talker, DURABILITY, volatile, transient_local",
        "writer, best_effort, /demo/talker, /manager, RELIABILITY, best_effort, reliable"
    })
    void shouldNameBothNodesOfAConflict(
            String end,
            String policies,
            String publisher,
            String subscription,
            QosPolicy policy,
            String offered,
            String requested)
            throws IOException {
        List<QosConflict> conflicts = new CopyOnWriteArrayList<>();
        context.onConflict(conflicts::add);
        try (Peer peer = Peer.start(Implementation.CYCLONE, domain)) {
            peer.tell(end, "e", "rt/chatter", "String", policies);
            peer.tell("node", "Nodes", "/demo", "talker", "e");

            if (end.equals("reader")) {
                node.createPublisher("/chatter", STRING, Qos.DEFAULT);
            } else {
                node.createSubscription("/chatter", STRING, Qos.DEFAULT, _ -> {});
            }

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(conflicts).singleElement().satisfies(conflict -> {
                        assertThat(conflict.topic()).isEqualTo("/chatter");
                        assertThat(conflict.type()).isEqualTo(STRING.toString());
                        assertThat(conflict.publisher().node()).contains(publisher);
                        assertThat(conflict.subscription().node()).contains(subscription);
                        assertThat(conflict.differences())
                                .containsExactly(new QosConflict.Difference(policy, offered, requested));
                    }));
            assertThat(context.conflicts().first()).isEqualTo(conflicts);
        }
    }

    /** Of two others, of which the one that reads is on another implementation. */
    @Test
    void shouldListAConflictOfOthersUntilOneOfBothLeaves() throws IOException {
        try (Peer lidar = Peer.start(Implementation.CYCLONE, domain);
                Peer mapper = Peer.start(Implementation.FAST_DDS, domain)) {
            lidar.tell("writer", "w", "rt/scan", "String", "best_effort");
            lidar.tell("node", "Nodes", "/demo", "lidar", "w");
            mapper.tell("reader", "r", "rt/scan", "String", "reliable,transient_local");
            lidar.tell("writer", "good", "rt/map", "String", "reliable");
            mapper.tell("reader", "m", "rt/map", "String", "best_effort");

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(ownersOf("/scan")).containsExactly("/demo/lidar");
                assertThat(context.graph().topics().get("/map")).hasSize(2);
                assertThat(context.conflicts().count()).isEqualTo(1);
            });
            QosConflict conflict = context.conflicts().first().getFirst();
            assertThat(conflict.topic()).isEqualTo("/scan");
            assertThat(conflict.publisher().node()).contains("/demo/lidar");
            assertThat(conflict.subscription().node()).isEmpty();
            assertThat(List.of(
                            conflict.publisher().gid(), conflict.subscription().gid()))
                    .doesNotHaveDuplicates()
                    .allSatisfy(gid -> assertThat(gid).matches("[0-9a-f]{2}(\\.[0-9a-f]{2}){15}"));
            assertThat(conflict.differences())
                    .containsExactly(
                            new QosConflict.Difference(QosPolicy.DURABILITY, "volatile", "transient_local"),
                            new QosConflict.Difference(QosPolicy.RELIABILITY, "best_effort", "reliable"));

            lidar.tell("delete", "w");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(context.conflicts()).isEqualTo(new QosConflicts(List.of(), 0)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CYCLONE_PYTHON, HUMBLE",
        "CYCLONE_PYTHON, IRON_OR_LATER",
        "CYCLONE, IRON_OR_LATER",
        "FAST_DDS, HUMBLE",
        "FAST_DDS, IRON_OR_LATER"
    })
    void shouldTellAPeerOfItsNodes(Implementation implementation, ContextSettings.Distribution distribution)
            throws IOException {
        boolean isHumble = distribution == ContextSettings.Distribution.HUMBLE;
        try (RosContext teller = RosContext.open(settings().withDistribution(distribution));
                Peer peer = Peer.start(implementation, domain)) {
            context.close();
            teller.createNode("/arm", "driver").createPublisher("state", STRING, Qos.DEFAULT);

            peer.tell(
                    "reader",
                    "r",
                    "ros_discovery_info",
                    isHumble ? "HumbleNodes" : "Nodes",
                    "reliable,transient_local,keep_all");

            // The node's own publisher and that of its log.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(peer.events("sample", "r")).contains("/arm|driver|0|2"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLoseNoCallAmongItsOwn(ServiceConvention convention) throws Exception {
        for (int round = 0; round < 20; round++) {
            try (RosContext server = RosContext.open(settings().withConvention(convention));
                    RosContext client = RosContext.open(settings().withConvention(convention))) {
                server.createNode("/", "server").createService("add", ADD, RosGraphTest::add);
                ServiceClient add = client.createNode("/", "client").createClient("add", ADD);

                for (long i = 0; i < 10; i++) {
                    assertThat(add.call(Map.of("a", i, "b", 1L), PATIENCE)).isEqualTo(Map.of("sum", i + 1));
                }
            }
        }
    }

    @Test
    void shouldSayThatNobodyServes() {
        ServiceClient client = node.createClient("add_two_ints", ADD);

        assertThatThrownBy(() -> client.call(Map.of(), Duration.ofMillis(50)))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("Nobody serves /add_two_ints. See whether its node runs, and in the same domain");
    }

    @Test
    void shouldSayThatAServiceDoesNotAnswer() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch isDone = new CountDownLatch(1);
        node.createService("slow", ADD, _ -> {
            isAsked.countDown();
            await().atMost(PATIENCE).until(() -> isDone.getCount() == 0);
            return Map.of();
        });
        ServiceClient client = node.createClient("slow", ADD);
        await().atMost(PATIENCE).until(client::isServed);

        assertThatThrownBy(() -> client.call(Map.of(), Duration.ofMillis(1_500)))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("The service /slow did not answer within 1.5 s."
                        + " Its node may be busy or stuck; a longer timeout waits for it");
        assertThat(isAsked.getCount()).isZero();
        isDone.countDown();
    }

    @Test
    void shouldWriteToTheLogOfTheRobot() throws IOException {
        List<Map<String, Object>> logged = new CopyOnWriteArrayList<>();
        try (RosContext other = RosContext.open(settings())) {
            node.log(RosNode.Severity.WARN, "hot");

            other.createNode("/", "viewer")
                    .createSubscription(
                            "/rosout",
                            TypeName.parse("rcl_interfaces/msg/Log"),
                            Qos.DEFAULT.transientLocal(),
                            message -> logged.add(message.value()));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(logged)
                            .singleElement()
                            .satisfies(log -> assertThat(log)
                                    .containsEntry("name", "manager")
                                    .containsEntry("msg", "hot")
                                    .containsEntry("level", 30L)));
        }
    }

    private static Map<String, Object> add(Map<String, Object> request) {
        return Map.of("sum", (Long) request.get("a") + (Long) request.get("b"));
    }
}
