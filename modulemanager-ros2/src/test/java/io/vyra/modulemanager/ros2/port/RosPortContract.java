package io.vyra.modulemanager.ros2.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.ros2.graph.ActionClient;
import io.vyra.ros2.graph.GoalOutcome;
import io.vyra.ros2.graph.GoalStatus;
import io.vyra.ros2.graph.Publisher;
import io.vyra.ros2.graph.RosContext;
import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.graph.ServiceClient;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of the port does, seen from it and from a node of {@code protocol-ros2} in the same graph. */
public abstract class RosPortContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TypeName STRING = TypeName.message("std_msgs", "String");
    private static final TypeName LOG = TypeName.message("rcl_interfaces", "Log");
    private static final TypeName ADD = TypeName.parse("example_interfaces/srv/AddTwoInts");
    private static final TypeName FIBONACCI = TypeName.parse("example_interfaces/action/Fibonacci");
    private static final Qos LATCHED = Qos.DEFAULT.transientLocal().withDepth(1);

    private RosPort port;
    private RosContext context;
    private RosNode other;

    /** Joins a graph as {@code /contract/port}. */
    protected abstract RosPort open(int domain) throws Exception;

    /** Which domain the graph has. */
    protected int domain() {
        return Domains.free();
    }

    /** Whether actions are served; they are refused otherwise. */
    protected boolean hasActions() {
        return true;
    }

    @BeforeEach
    void join() throws Exception {
        int domain = domain();
        port = open(domain);
        context = RosContext.open(Settings.local(domain, Map.of()).context());
        other = context.createNode("/contract", "other");
    }

    @AfterEach
    void leave() {
        context.close();
        port.close();
    }

    @Test
    void shouldBeInTheGraph() {
        assertThat(port.fullName()).isEqualTo("/contract/port");
        await().atMost(PATIENCE).until(() -> context.graph().nodesByName().containsKey("/contract/port"));
    }

    @Test
    void shouldPublish() throws Exception {
        BlockingQueue<Object> received = new LinkedBlockingQueue<>();
        other.createSubscription("/contract/said", STRING, Qos.DEFAULT, message -> received.add(message.value()));
        TopicPublisher publisher = port.publish("said", STRING, Qos.DEFAULT);
        await().atMost(PATIENCE).until(() -> publisher.subscriptions() == 1);

        for (int i = 0; i < 10; i++) {
            publisher.publish(Map.of("data", "number " + i));
        }

        for (int i = 0; i < 10; i++) {
            assertThat(next(received)).isEqualTo(Map.of("data", "number " + i));
        }
    }

    @Test
    void shouldPublishForThoseWhoComeLate() throws Exception {
        BlockingQueue<Object> received = new LinkedBlockingQueue<>();
        port.publish("/contract/state", STRING, LATCHED).publish(Map.of("data", "ready"));

        other.createSubscription("/contract/state", STRING, LATCHED, message -> received.add(message.value()));

        assertThat(next(received)).isEqualTo(Map.of("data", "ready"));
    }

    @Test
    void shouldSubscribeUntilToldOtherwise() throws Exception {
        BlockingQueue<Object> received = new LinkedBlockingQueue<>();
        BlockingQueue<Object> control = new LinkedBlockingQueue<>();
        Declaration subscription = port.subscribe("heard", STRING, Qos.DEFAULT, received::add);
        port.subscribe("/contract/heard", STRING, Qos.DEFAULT, control::add);
        Publisher publisher = other.createPublisher("/contract/heard", STRING, Qos.DEFAULT);
        await().atMost(PATIENCE).until(() -> publisher.subscriptions() == 2);
        publisher.publish(Map.of("data", "first"));
        assertThat(next(received)).isEqualTo(Map.of("data", "first"));

        subscription.close();
        subscription.close();
        await().atMost(PATIENCE).until(() -> publisher.subscriptions() == 1);
        publisher.publish(Map.of("data", "second"));

        assertThat(next(control)).isEqualTo(Map.of("data", "first"));
        assertThat(next(control)).isEqualTo(Map.of("data", "second"));
        assertThat(received).isEmpty();
    }

    @Test
    void shouldServe() throws Exception {
        port.serve("add", ADD, request -> Map.of("sum", (Long) request.get("a") + (Long) request.get("b")));

        try (ServiceClient client = other.createClient("/contract/add", ADD)) {
            assertThat(client.call(Map.of("a", 40L, "b", 2L), PATIENCE)).isEqualTo(Map.of("sum", 42L));
        }
    }

    @Test
    void shouldServeOnAfterARequestThatFailed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        port.serve("picky", ADD, request -> {
            if (request.get("a").equals(0L)) {
                asked.countDown();
                throw new IllegalArgumentException("not this one");
            }
            return Map.of("sum", 1L);
        });

        try (ServiceClient client = other.createClient("/contract/picky", ADD)) {
            await().atMost(PATIENCE).until(client::isServed);
            assertThatThrownBy(() -> client.call(Map.of("a", 0L), Duration.ofMillis(500)))
                    .isInstanceOf(TimeoutException.class);
            assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(client.call(Map.of("a", 1L), PATIENCE)).isEqualTo(Map.of("sum", 1L));
        }
    }

    @Test
    void shouldAnswerOthersWhileARequestTakesLong() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        port.serve("slow", ADD, _ -> {
            asked.countDown();
            awaitQuietly(released);
            return Map.of("sum", 1L);
        });
        port.serve("quick", ADD, _ -> Map.of("sum", 2L));

        try (ServiceClient slow = other.createClient("/contract/slow", ADD);
                ServiceClient quick = other.createClient("/contract/quick", ADD);
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Map<String, Object>> late = executor.submit(() -> slow.call(Map.of(), PATIENCE));
            assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            assertThat(quick.call(Map.of(), PATIENCE)).isEqualTo(Map.of("sum", 2L));
            assertThat(late.isDone()).isFalse();

            released.countDown();
            assertThat(late.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Map.of("sum", 1L));
        } finally {
            released.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldCall() throws Exception {
        other.createService(
                "/contract/multiply", ADD, request -> Map.of("sum", (Long) request.get("a") * (Long) request.get("b")));

        try (ServiceCaller caller = port.client("multiply", ADD)) {
            assertThat(caller.call(Map.of("a", 6L, "b", 7L), PATIENCE)).isEqualTo(Map.of("sum", 42L));
        }
    }

    @Test
    void shouldSayThatNobodyAnswers() throws Exception {
        try (ServiceCaller caller = port.client("/contract/nobody", ADD)) {
            assertThatThrownBy(() -> caller.call(Map.of(), Duration.ofMillis(200)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("/contract/nobody");
        }
    }

    @Test
    void shouldServeAnActionOrRefuseTo() throws Exception {
        GoalHandler handler = goal -> {
            goal.publishFeedback(Map.of("sequence", List.of(0L, 1L)));
            return GoalOutcome.succeeded(Map.of("sequence", List.of(0L, 1L, 1L)));
        };
        if (!hasActions()) {
            assertThatThrownBy(() -> port.serveAction("count", FIBONACCI, handler))
                    .hasMessageContaining("/contract/count")
                    .hasMessageContaining("mm.ros2.provider=rtps");
            return;
        }
        port.serveAction("count", FIBONACCI, handler);

        try (ActionClient client = new ActionClient(other, "/contract/count", FIBONACCI)) {
            GoalOutcome outcome = client.send(Map.of("order", 2L), _ -> {}, PATIENCE)
                    .orElseThrow()
                    .await(PATIENCE);
            assertThat(outcome.status()).isEqualTo(GoalStatus.SUCCEEDED);
            assertThat(outcome.result()).isEqualTo(Map.of("sequence", List.of(0L, 1L, 1L)));
        }
    }

    @Test
    void shouldHaveParametersThatNobodyChanges() throws Exception {
        port.declareParameters(Map.of("version", "1.2.3"));

        assertThat(parameter("version")).isEqualTo("1.2.3");
        Map<?, ?> result = (Map<?, ?>) ask(
                        "set_parameters_atomically",
                        "SetParametersAtomically",
                        Map.of(
                                "parameters",
                                List.of(Map.of(
                                        "name", "version", "value", Map.of("type", 4L, "string_value", "9.9.9")))))
                .get("result");
        assertThat(result.get("successful")).isEqualTo(false);
        assertThat((String) result.get("reason")).isNotEmpty();
        assertThat(parameter("version")).isEqualTo("1.2.3");
    }

    private Object parameter(String name) throws Exception {
        List<?> values = (List<?>) ask("get_parameters", "GetParameters", Map.of("names", List.of(name)))
                .get("values");
        return ((Map<?, ?>) values.getFirst()).get("string_value");
    }

    private Map<String, Object> ask(String service, String type, Map<String, Object> request) throws Exception {
        try (ServiceClient client = other.createClient(
                "/contract/port/" + service, new TypeName("rcl_interfaces", TypeName.Kind.SRV, type))) {
            return client.call(request, PATIENCE);
        }
    }

    @Test
    void shouldWriteToTheLogOfTheRobot() throws Exception {
        List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
        port.log(LogLevel.WARN, "mind the step");

        other.createSubscription("/rosout", LOG, LATCHED.withDepth(100), message -> received.add(message.value()));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(received)
                        .anySatisfy(entry -> assertThat(entry)
                                .containsEntry("msg", "mind the step")
                                .containsEntry("name", "contract.port")
                                .containsEntry("level", (long) LogLevel.WARN.number())));
    }

    @Test
    void shouldSeeNodesTopicsAndServices() {
        other.createPublisher("/contract/seen", STRING, LATCHED);
        other.createSubscription("/contract/seen", STRING, Qos.DEFAULT.bestEffort(), _ -> {});
        other.createService("/contract/served", ADD, _ -> Map.of());

        await().atMost(PATIENCE).untilAsserted(() -> {
            GraphView graph = port.graph();
            assertThat(graph.nodeNames()).contains("/contract/other");
            assertThat(graph.topics().getOrDefault("/contract/seen", List.of()))
                    .hasSize(2)
                    .anySatisfy(end -> {
                        assertThat(end.isProviding()).isTrue();
                        assertThat(end.node()).contains("/contract/other");
                        assertThat(end.type()).isEqualTo("std_msgs/msg/String");
                        assertThat(end.qos().isTransientLocal()).isTrue();
                    })
                    .anySatisfy(end -> {
                        assertThat(end.isProviding()).isFalse();
                        assertThat(end.qos().isReliable()).isFalse();
                    });
            assertThat(graph.services().getOrDefault("/contract/served", List.of()))
                    .anySatisfy(end -> assertThat(end.type()).isEqualTo("example_interfaces/srv/AddTwoInts"));
        });
    }

    @Test
    void shouldLeaveTheGraph() {
        await().atMost(PATIENCE).until(() -> context.graph().nodesByName().containsKey("/contract/port"));

        port.close();
        port.close();

        await().atMost(PATIENCE).until(() -> !context.graph().nodesByName().containsKey("/contract/port"));
    }

    private static Object next(BlockingQueue<Object> received) throws InterruptedException {
        Object message = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(message).as("a message within %s", PATIENCE).isNotNull();
        return message;
    }
}
