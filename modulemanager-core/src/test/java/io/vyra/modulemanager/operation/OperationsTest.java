package io.vyra.modulemanager.operation;

import static io.vyra.modulemanager.operation.OperationsFixture.MODULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.ModuleManager.OperationFilter;
import io.vyra.modulemanager.operation.Operation.Kind;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.operation.Operation.StepStatus;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OperationsTest {
    private static final String OTHER = "camera_0123456789abcdef0123456789abcdef";
    private OperationsFixture robot;

    @BeforeEach
    void begin(@TempDir Path folder) {
        robot = new OperationsFixture(folder);
    }

    @AfterEach
    void end() {
        robot.close();
    }

    private static void fail(StepContext context) {
        throw new ProblemException(ProblemType.START_FAILED, "it broke in " + context.operationId());
    }

    @Test
    void shouldDoAllStepsInOrder() {
        robot.steps = List.of(robot.step("a"), robot.step("b"));

        Operation ended = robot.now(robot.submit(Kind.UPDATE));

        assertThat(ended.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(ended.percent()).isEqualTo(100);
        assertThat(ended.problem()).isEmpty();
        assertThat(ended.steps()).allMatch(step -> step.status() == StepStatus.DONE);
        assertThat(robot.world.calls).containsExactly("perform a", "perform b");
        assertThat(robot.told.getFirst().status()).isEqualTo(Status.PENDING);
        assertThat(robot.told.getLast().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(robot.operations.busyModules()).isEmpty();
    }

    @Test
    void shouldUndoInReverseOrderWhatWasBegun() {
        robot.steps =
                List.of(robot.step("a"), robot.step("b"), robot.step("c").doing(OperationsTest::fail), robot.step("d"));

        Operation ended = robot.now(robot.submit(Kind.UPDATE));

        assertThat(ended.status()).isEqualTo(Status.ROLLED_BACK);
        assertThat(ended.problem().orElseThrow().type()).isEqualTo(ProblemType.START_FAILED);
        assertThat(robot.world.calls)
                .containsExactly("perform a", "perform b", "perform c", "undo c", "undo b", "undo a");
        assertThat(ended.steps())
                .extracting(Operation.StepProgress::status)
                .containsExactly(StepStatus.UNDONE, StepStatus.UNDONE, StepStatus.UNDONE, StepStatus.PENDING);
    }

    @Test
    void shouldFailWhenTheFirstStepDoes() {
        robot.steps = List.of(robot.step("a").doing(OperationsTest::fail), robot.step("b"));

        assertThat(robot.now(robot.submit(Kind.START)).status()).isEqualTo(Status.FAILED);
        assertThat(robot.world.applied).isEmpty();
    }

    @Test
    void shouldReportWhatNobodyForesawWithoutLeakingIt() {
        robot.steps = List.of(robot.step("a").doing(context -> {
            throw new IllegalStateException("secret");
        }));

        Operation ended = robot.now(robot.submit(Kind.START));

        assertThat(ended.problem().orElseThrow().type()).isEqualTo(ProblemType.INTERNAL_ERROR);
        assertThat(ended.problem().orElseThrow().detail()).doesNotContain("secret");
    }

    @Test
    void shouldCancelAndUndo() {
        robot.steps = List.of(
                robot.step("a"),
                robot.step("b").doing(context -> {
                    robot.operations.cancel(context.operationId(), "operator");
                    context.stopSignal().check();
                }),
                robot.step("c"));

        Operation ended = robot.now(robot.submit(Kind.UPDATE));

        assertThat(ended.status()).isEqualTo(Status.CANCELLED);
        assertThat(ended.problem().orElseThrow().detail()).contains("cancelled by operator");
        assertThat(robot.world.applied).isEmpty();
        assertThatThrownBy(() -> robot.operations.cancel(ended.id(), "operator"))
                .isInstanceOfSatisfying(
                        ProblemException.class, it -> assertThat(it.type()).isEqualTo(ProblemType.CONFLICT))
                .hasMessageContaining("already ended as cancelled");
        assertThatThrownBy(() -> robot.operations.cancel("nothing", "operator"))
                .isInstanceOfSatisfying(
                        ProblemException.class, it -> assertThat(it.type()).isEqualTo(ProblemType.OPERATION_NOT_FOUND));
    }

    @Test
    void shouldNotUndoAStepThatACancelKeptFromBeginning() {
        robot.begin(robot.queue);
        robot.steps = List.of(robot.step("a"));
        Operation operation = robot.submit(Kind.START);

        robot.operations.cancel(operation.id(), "operator");
        robot.runAll();

        assertThat(robot.now(operation).status()).isEqualTo(Status.CANCELLED);
        assertThat(robot.world.calls).isEmpty();
    }

    @Test
    void shouldRefuseToCancelOnceThereIsNoWayBack() {
        robot.steps = List.of(
                robot.step("a"),
                robot.step("commit")
                        .thatCannotBeUndone()
                        .doing(context -> assertThatThrownBy(
                                        () -> robot.operations.cancel(context.operationId(), "operator"))
                                .hasMessageContaining("past the point")),
                robot.step("b").doing(OperationsTest::fail));

        Operation ended = robot.now(robot.submit(Kind.REMOVE));

        assertThat(ended.status()).isEqualTo(Status.FAILED);
        assertThat(robot.world.calls).as("a failure after it undoes nothing").noneMatch(it -> it.startsWith("undo"));
    }

    @Test
    void shouldGiveUpAtItsDeadlineAndUndo() throws InterruptedException {
        robot.begin(robot.threads);
        CountDownLatch begun = new CountDownLatch(1);
        robot.steps = List.of(robot.step("a"), robot.step("b").doing(context -> {
            begun.countDown();
            context.await(new CompletableFuture<>());
        }));
        Operation operation = robot.submit(Kind.UPDATE);
        begun.await();

        robot.time.advance(OperationsFixture.TIMEOUT.minusSeconds(1));
        assertThat(robot.now(operation).status()).isEqualTo(Status.RUNNING);
        robot.time.advance(Duration.ofSeconds(1));

        Operation ended = robot.await(operation);
        assertThat(ended.status()).isEqualTo(Status.ROLLED_BACK);
        assertThat(ended.problem().orElseThrow().type()).isEqualTo(ProblemType.TIMED_OUT);
        assertThat(robot.world.applied).isEmpty();
    }

    @Test
    void shouldNotCountTheTimeItWaitedForAnotherOperation() {
        robot.begin(robot.queue);
        robot.steps = List.of(robot.step("a"));
        robot.submit(Kind.UPDATE);
        Operation start = robot.submit(Kind.START);
        Runnable update = robot.tasks.poll();
        robot.time.advance(OperationsFixture.TIMEOUT.multipliedBy(3));

        update.run();
        robot.runAll();

        Operation ended = robot.now(start);
        assertThat(ended.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(ended.deadline()).isEqualTo(robot.time.instant().plus(OperationsFixture.TIMEOUT));
        robot.reopen();
        assertThat(robot.now(start).deadline()).isEqualTo(ended.deadline());
    }

    @Test
    void shouldTryAnUndoThreeTimesAndSayThatItFailed() {
        robot.steps = List.of(
                robot.step("a"),
                robot.step("b").undoing(OperationsTest::fail),
                robot.step("c").doing(OperationsTest::fail));

        Operation ended = robot.now(robot.submit(Kind.UPDATE));

        assertThat(ended.status()).isEqualTo(Status.FAILED);
        assertThat(ended.problem().orElseThrow().detail()).contains("Undoing it failed too");
        assertThat(robot.world.calls.stream().filter("undo b"::equals)).hasSize(3);
        assertThat(robot.operations.busyModules()).isEmpty();
    }

    @Test
    void shouldSucceedWithAnUndoThatWorksTheSecondTime() {
        boolean[] failed = new boolean[1];
        robot.steps = List.of(
                robot.step("a").undoing(context -> {
                    if (!failed[0]) {
                        failed[0] = true;
                        fail(context);
                    }
                }),
                robot.step("b").doing(OperationsTest::fail));

        assertThat(robot.now(robot.submit(Kind.UPDATE)).status()).isEqualTo(Status.ROLLED_BACK);
        assertThat(robot.world.applied).isEmpty();
    }

    @Test
    void shouldNotLetOneStuckModuleDelayAnother() throws InterruptedException {
        robot.begin(robot.threads);
        CompletableFuture<Void> never = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        robot.steps = List.of(robot.step("stuck").doing(context -> {
            begun.countDown();
            context.await(never);
        }));
        Operation stuck = robot.submit(Kind.UPDATE);
        begun.await();
        robot.steps = List.of(robot.step("a"));

        Operation other = robot.await(robot.submit(Kind.START, OTHER));

        assertThat(other.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(robot.now(stuck).status()).isEqualTo(Status.RUNNING);
        Operation behind = robot.submit(Kind.START);
        assertThat(robot.now(behind).status()).isEqualTo(Status.PENDING);
        assertThat(robot.operations.busyModules()).containsOnlyKeys(MODULE);
        never.complete(null);
        assertThat(robot.await(behind).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void shouldLeaveOperationsToTheNextStartWhenTheManagerEnds() throws InterruptedException {
        robot.begin(robot.threads);
        CountDownLatch begun = new CountDownLatch(1);
        robot.steps = List.of(robot.step("a"), robot.step("b").doing(context -> {
            begun.countDown();
            context.await(new CompletableFuture<>());
        }));
        Operation operation = robot.submit(Kind.UPDATE);
        begun.await();

        assertThat(robot.operations.shutDown(Duration.ofSeconds(20))).isTrue();
        assertThat(robot.now(operation).status()).isEqualTo(Status.RUNNING);
        assertThatThrownBy(() -> robot.submit(Kind.START))
                .isInstanceOfSatisfying(
                        ProblemException.class, it -> assertThat(it.type()).isEqualTo(ProblemType.SHUTTING_DOWN));
        robot.steps = List.of(robot.step("a"), robot.step("b"));
        robot.reopen();
        assertThat(robot.operations.interrupted().ids()).containsExactly(operation.id());
        robot.operations.resume();

        assertThat(robot.now(operation).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(robot.world.calls).containsExactly("perform a", "perform b", "perform b");
    }

    @Test
    void shouldNotCountTheTimeWithoutAManagerAgainstTheDeadline() throws InterruptedException {
        robot.begin(robot.threads);
        CountDownLatch begun = new CountDownLatch(1);
        robot.steps = List.of(robot.step("a").doing(context -> {
            begun.countDown();
            context.await(new CompletableFuture<>());
        }));
        Operation operation = robot.submit(Kind.UPDATE);
        begun.await();
        robot.time.advance(OperationsFixture.TIMEOUT.minusMinutes(1));
        assertThat(robot.operations.shutDown(Duration.ofSeconds(20))).isTrue();

        robot.time.advance(Duration.ofDays(1));
        robot.reopen();
        robot.begin(robot.threads);
        robot.operations.resume();

        assertThat(robot.now(operation).deadline())
                .isEqualTo(robot.time.instant().plus(OperationsFixture.TIMEOUT));
        robot.time.advance(OperationsFixture.TIMEOUT.minusSeconds(1));
        assertThat(robot.now(operation).status()).isEqualTo(Status.RUNNING);
        robot.time.advance(Duration.ofSeconds(1));
        assertThat(robot.await(operation).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldUndoWhatWasCancelledBeforeACrash() {
        robot.begin(robot.queue);
        robot.steps = List.of(robot.step("a"));
        Operation operation = robot.submit(Kind.UPDATE);
        robot.operations.cancel(operation.id(), "operator");

        robot.reopen();
        robot.operations.resume();

        assertThat(robot.now(operation).status()).isEqualTo(Status.CANCELLED);
        assertThat(robot.world.applied).isEmpty();
    }

    @Test
    void shouldNotFailBecauseOfAListener() {
        robot.listenerFailure = Optional.of(new IllegalStateException("listener"));
        robot.steps = List.of(robot.step("a"));

        assertThat(robot.now(robot.submit(Kind.START)).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void shouldGoOnFromTheJournalOnceTheDatabaseWorksAgain() {
        boolean[] broken = new boolean[1];
        robot.steps = List.of(robot.step("a"), robot.step("b").doing(context -> {
            if (!broken[0]) {
                broken[0] = true;
                sql("CREATE TRIGGER broken BEFORE UPDATE ON operation BEGIN SELECT RAISE(ABORT, 'broken'); END");
            }
        }));
        Operation operation = robot.submit(Kind.UPDATE);
        assertThat(robot.operations.busyModules()).containsKey(MODULE);
        robot.time.advance(Duration.ofSeconds(6));
        assertThat(robot.operations.busyModules()).as("still broken").containsKey(MODULE);

        sql("DROP TRIGGER broken");
        robot.time.advance(Duration.ofSeconds(6));

        assertThat(robot.now(operation).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(robot.world.applied).containsExactly("a", "b");
        assertThat(robot.operations.busyModules()).isEmpty();
    }

    private void sql(String statement) {
        robot.database.write(connection -> connection.createStatement().execute(statement));
    }

    @Test
    void shouldTellProgressWithoutWritingIt() {
        robot.steps = List.of(robot.step("a").doing(context -> {
            context.progress(40, "40 of 100");
            assertThat(robot.operations
                            .get(context.operationId())
                            .steps()
                            .getFirst()
                            .percent())
                    .isEqualTo(40);
            context.remember("key", "value");
            assertThat(context.recall("key")).contains("value");
        }));

        assertThat(robot.now(robot.submit(Kind.START)).steps().getFirst().detail())
                .isEqualTo("40 of 100");
    }

    @Test
    void shouldListNewestFirstAndByModuleAndStatus() {
        robot.steps = List.of(robot.step("a"));
        Operation first = robot.submit(Kind.START);
        robot.time.advance(Duration.ofSeconds(1));
        Operation second = robot.submit(Kind.STOP, OTHER);

        assertThat(robot.operations.list(new OperationFilter(Optional.empty(), Optional.empty(), 10)))
                .extracting(Operation::id)
                .containsExactly(second.id(), first.id());
        assertThat(robot.operations.list(new OperationFilter(Optional.of(MODULE), Optional.of(Status.SUCCEEDED), 10)))
                .extracting(Operation::id)
                .containsExactly(first.id());
        assertThat(robot.operations.list(new OperationFilter(Optional.of(MODULE), Optional.of(Status.FAILED), 10)))
                .isEmpty();
    }

    @Test
    void shouldKeepAThousandEndedOperations() {
        robot.steps = List.of();
        Operation first = robot.submit(Kind.START);
        for (int i = 0; i < OperationJournal.KEPT_OPERATIONS + 5; i++) {
            robot.time.advance(Duration.ofMillis(1));
            robot.submit(Kind.START);
        }

        assertThat(robot.operations.list(new OperationFilter(Optional.empty(), Optional.empty(), 5_000)))
                .hasSizeBetween(OperationJournal.KEPT_OPERATIONS, OperationJournal.KEPT_OPERATIONS + 1);
        assertThatThrownBy(() -> robot.now(first)).isInstanceOf(ProblemException.class);
    }

    @Test
    void shouldTellNobodyThatAModuleIsBusyWithAnOperationThatEnded() {
        List<Integer> busyAtEnd = new java.util.ArrayList<>();
        robot.steps = List.of(robot.step("a"));
        robot.begin(robot.queue);
        Operation operation = robot.submit(Kind.START);
        Thread watcher = Thread.startVirtualThread(robot::runAll);
        Awaitility.await().until(() -> !watcher.isAlive());
        robot.told.stream()
                .filter(it -> it.status().isFinal())
                .forEach(it -> busyAtEnd.add(robot.operations.busyModules().size()));

        assertThat(busyAtEnd).containsExactly(0);
        assertThat(robot.now(operation).status()).isEqualTo(Status.SUCCEEDED);
    }
}
