package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.peer.Domains;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TypeName FIBONACCI = TypeName.parse("example_interfaces/action/Fibonacci");

    private final CountDownLatch begun = new CountDownLatch(1);
    private int domain;
    private RosContext robot;
    private RosContext user;

    @BeforeEach
    void start() {
        domain = Domains.free();
    }

    @AfterEach
    void stop() {
        user.close();
        robot.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldReachAGoalWithFeedback(ServiceConvention convention) throws Exception {
        ActionClient client = connect(convention, this::fibonacci);
        List<Object> progress = new CopyOnWriteArrayList<>();

        ActionClient.Goal goal = client.send(Map.of("order", 5), step -> progress.add(step.get("sequence")), PATIENCE)
                .orElseThrow();
        GoalOutcome outcome = goal.await(PATIENCE);

        assertThat(outcome.status()).isEqualTo(GoalStatus.SUCCEEDED);
        assertThat(outcome.result()).isEqualTo(Map.of("sequence", List.of(0L, 1L, 1L, 2L, 3L, 5L)));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(progress).hasSize(4));
    }

    @ParameterizedTest
    @EnumSource
    void shouldCancelAGoal(ServiceConvention convention) throws Exception {
        ActionClient client = connect(convention, goal -> {
            begun.countDown();
            await().atMost(PATIENCE).until(goal::isCancelRequested);
            return GoalOutcome.canceled(Map.of());
        });
        ActionClient.Goal goal =
                client.send(Map.of("order", 5), step -> {}, PATIENCE).orElseThrow();
        begun.await();

        assertThat(goal.cancel(PATIENCE)).isTrue();

        assertThat(goal.await(PATIENCE).status()).isEqualTo(GoalStatus.CANCELED);
        assertThat(goal.cancel(PATIENCE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetTheServerDecideWhetherAGoalIsGivenUp(ServiceConvention convention) throws Exception {
        AtomicBoolean mayBeGivenUp = new AtomicBoolean();
        CountDownLatch end = new CountDownLatch(1);
        ActionClient client = connect(convention, goal -> {
            goal.onCancel(mayBeGivenUp::get);
            begun.countDown();
            end.await();
            return goal.isCancelRequested() ? GoalOutcome.canceled(Map.of()) : GoalOutcome.succeeded(Map.of());
        });
        ActionClient.Goal goal =
                client.send(Map.of("order", 5), step -> {}, PATIENCE).orElseThrow();
        begun.await();

        assertThat(goal.cancel(PATIENCE)).isFalse();
        mayBeGivenUp.set(true);
        assertThat(goal.cancel(PATIENCE)).isTrue();
        mayBeGivenUp.set(false);
        assertThat(goal.cancel(PATIENCE)).as("it is being given up already").isTrue();

        end.countDown();
        assertThat(goal.await(PATIENCE).status()).isEqualTo(GoalStatus.CANCELED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAndAbort(ServiceConvention convention) throws Exception {
        ActionClient client = connect(convention, goal -> {
            throw new IllegalStateException("broken on purpose");
        });

        assertThat(client.send(Map.of("order", -1), step -> {}, PATIENCE)).isEmpty();
        assertThat(client.send(Map.of("order", 1), step -> {}, PATIENCE)
                        .orElseThrow()
                        .await(PATIENCE)
                        .status())
                .isEqualTo(GoalStatus.ABORTED);
    }

    /** Reaches goals. */
    private interface Execution {
        GoalOutcome execute(ActionServer.Goal goal) throws InterruptedException;
    }

    private ActionClient connect(ServiceConvention convention, Execution execution) throws IOException {
        ContextSettings settings =
                ContextSettings.of(Domains.localhost(domain), "test").withConvention(convention);
        robot = RosContext.open(settings);
        user = RosContext.open(settings);
        ActionServer server =
                new ActionServer(robot.createNode("/", "robot"), "fibonacci", FIBONACCI, new ActionServer.Handler() {
                    @Override
                    public boolean accept(Map<String, Object> goal) {
                        return (Long) goal.get("order") >= 0;
                    }

                    @Override
                    public GoalOutcome execute(ActionServer.Goal goal) throws InterruptedException {
                        return execution.execute(goal);
                    }
                });
        ActionClient client = new ActionClient(user.createNode("/", "user"), "fibonacci", FIBONACCI);
        await().atMost(PATIENCE).until(() -> client.servers() == 1 && server.listeners() == 1);
        return client;
    }

    private GoalOutcome fibonacci(ActionServer.Goal goal) {
        List<Long> sequence = new ArrayList<>(List.of(0L, 1L));
        for (int i = 2; i <= (Long) goal.request().get("order"); i++) {
            sequence.add(sequence.get(i - 1) + sequence.get(i - 2));
            goal.publishFeedback(Map.of("sequence", List.copyOf(sequence)));
        }
        return GoalOutcome.succeeded(Map.of("sequence", sequence));
    }
}
