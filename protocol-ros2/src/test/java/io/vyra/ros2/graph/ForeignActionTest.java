package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Actions of, and with, a program on Cyclone DDS that serves and uses them as one on rmw_cyclonedds does. */
class ForeignActionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TypeName FIBONACCI = TypeName.parse("example_interfaces/action/Fibonacci");
    private static final String ACTION = "fibonacci";
    /** Of action_msgs/msg/GoalStatus. */
    private static final String UNKNOWN = "0";

    private static final String EXECUTING = "2";
    private static final String SUCCEEDED = "4";
    private static final String CANCELED = "5";

    private RosNode node;
    private RosContext context;
    private Peer peer;
    private ActionServer server;

    @BeforeEach
    void start() throws IOException {
        int domain = Domains.free();
        context = RosContext.open(ContextSettings.of(Domains.localhost(domain), "test"));
        node = context.createNode("/", "own");
        peer = Peer.start(Implementation.CYCLONE_PYTHON, domain);
    }

    @AfterEach
    void stop() {
        peer.close();
        context.close();
    }

    // ---- its server ----

    @Test
    void shouldReachAGoalOfAForeignServer() throws Exception {
        List<Object> progress = new CopyOnWriteArrayList<>();
        try (ActionClient client = clientOfThePeer()) {
            ActionClient.Goal goal = client.send(
                            Map.of("order", 5), step -> progress.add(step.get("sequence")), PATIENCE)
                    .orElseThrow();
            GoalOutcome outcome = goal.await(PATIENCE);

            assertThat(outcome.status()).isEqualTo(GoalStatus.SUCCEEDED);
            assertThat(outcome.result()).isEqualTo(Map.of("sequence", List.of(0L, 1L, 1L, 2L, 3L, 5L)));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(progress).hasSize(4).first().isEqualTo(List.of(0L, 1L, 1L)));
        }
    }

    @Test
    void shouldCancelAGoalOfAForeignServer() throws Exception {
        try (ActionClient client = clientOfThePeer()) {
            ActionClient.Goal goal =
                    client.send(Map.of("order", 0), _ -> {}, PATIENCE).orElseThrow();
            peer.awaitEvents("executing", "goal", 1);

            assertThat(goal.cancel(PATIENCE)).isTrue();

            assertThat(goal.await(PATIENCE).status()).isEqualTo(GoalStatus.CANCELED);
            assertThat(goal.cancel(PATIENCE)).as("it has ended").isFalse();
        }
    }

    @Test
    void shouldBeToldWhatAForeignServerRefusesAndAborts() throws Exception {
        try (ActionClient client = clientOfThePeer()) {
            assertThat(client.send(Map.of("order", -1), _ -> {}, PATIENCE)).isEmpty();
            assertThat(client.send(Map.of("order", 1), _ -> {}, PATIENCE)
                            .orElseThrow()
                            .await(PATIENCE))
                    .isEqualTo(GoalOutcome.aborted(Map.of("sequence", List.of(0L, 1L))));
        }
    }

    private ActionClient clientOfThePeer() {
        peer.tell("serve_action", ACTION);
        ActionClient client = new ActionClient(node, ACTION, FIBONACCI);
        await().atMost(PATIENCE).until(() -> client.servers() == 1);
        return client;
    }

    // ---- its client ----

    @Test
    void shouldReachAGoalOfAForeignClient() {
        serve();

        peer.tell("goal", ACTION, "five", "5");
        peer.tell("result", ACTION, "five");

        assertThat(peer.events("accepted", "five")).containsExactly("True");
        assertThat(peer.events("result", "five")).containsExactly(SUCCEEDED);
        assertThat(peer.awaitEvents("feedback", "five", 4))
                .containsExactly("[0, 1, 1]", "[0, 1, 1, 2]", "[0, 1, 1, 2, 3]", "[0, 1, 1, 2, 3, 5]");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(peer.events("status", "five")).endsWith(SUCCEEDED));
    }

    @Test
    void shouldCancelAGoalOfAForeignClient() {
        serve();
        peer.tell("goal", ACTION, "endless", "0");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(peer.events("status", "endless")).endsWith(EXECUTING));

        peer.tell("cancel", ACTION, "endless");
        peer.tell("result", ACTION, "endless");
        peer.tell("cancel", ACTION, "endless");

        // Given up, and then: it has ended (ERROR_GOAL_TERMINATED of CancelGoal.srv).
        assertThat(peer.events("canceling", "endless")).containsExactly("0", "3");
        assertThat(peer.events("result", "endless")).containsExactly(CANCELED);
    }

    @Test
    void shouldRefuseAGoalOfAForeignClient() {
        serve();

        peer.tell("goal", ACTION, "negative", "-1");
        peer.tell("result", ACTION, "negative");
        peer.tell("cancel", ACTION, "negative");

        assertThat(peer.events("accepted", "negative")).containsExactly("False");
        assertThat(peer.events("result", "negative")).containsExactly(UNKNOWN);
        // ERROR_UNKNOWN_GOAL_ID of CancelGoal.srv.
        assertThat(peer.events("canceling", "negative")).containsExactly("2");
    }

    private void serve() {
        server = new ActionServer(node, ACTION, FIBONACCI, new ActionServer.Handler() {
            @Override
            public boolean accept(Map<String, Object> goal) {
                return (Long) goal.get("order") >= 0;
            }

            @Override
            public GoalOutcome execute(ActionServer.Goal goal) {
                return (Long) goal.request().get("order") == 0 ? untilCanceled(goal) : fibonacci(goal);
            }
        });
    }

    private static GoalOutcome untilCanceled(ActionServer.Goal goal) {
        await().atMost(PATIENCE).until(goal::isCancelRequested);
        return GoalOutcome.canceled(Map.of());
    }

    private GoalOutcome fibonacci(ActionServer.Goal goal) {
        // Else it could not be said what must come.
        await().atMost(PATIENCE).until(() -> server.listeners() == 1);
        List<Long> sequence = new ArrayList<>(List.of(0L, 1L));
        for (int i = 2; i <= (Long) goal.request().get("order"); i++) {
            sequence.add(sequence.get(i - 1) + sequence.get(i - 2));
            goal.publishFeedback(Map.of("sequence", List.copyOf(sequence)));
        }
        return GoalOutcome.succeeded(Map.of("sequence", sequence));
    }
}
