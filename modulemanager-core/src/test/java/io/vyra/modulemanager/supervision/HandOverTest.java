package io.vyra.modulemanager.supervision;

import static io.vyra.modulemanager.supervision.SupervisionFixture.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec.Stop;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.supervision.InstanceState.Backoff;
import io.vyra.modulemanager.supervision.InstanceState.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of one module: which of them counts, and what becomes of the other. */
class HandOverTest {
    private static final ModuleId BEACON = id("beacon");
    private static final Stop STOP = new Stop("TERM", Duration.ofSeconds(3));
    private SupervisionFixture robot;
    private ModuleSupervisor beacon;
    private FakeProcess before;

    @BeforeEach
    void begin(@TempDir Path folder) {
        robot = new SupervisionFixture(folder);
        beacon = robot.add("beacon", Desired.RUNNING);
        before = robot.process("beacon");
    }

    @AfterEach
    void end() {
        robot.close();
    }

    private HandOver handOver() {
        return robot.supervision.handOver();
    }

    private Trial tried() {
        return handOver().begin(BEACON, "2.0.0", robot.registry.intendLaunchBeside(BEACON));
    }

    private FakeProcess newest() {
        return robot.runtime.started(BEACON).getLast();
    }

    private void onRecord(FakeProcess process) {
        robot.registry.update(
                BEACON, record -> record.succeededBy(process.identity().generation()));
    }

    private void followed(String cause) {
        assertThat(beacon.followRecord(cause)).isCompleted();
    }

    @Test
    void shouldLeaveTheModulesOwnProcessAloneDuringATrial() {
        try (Trial trial = tried()) {
            assertThat(trial.works()).isCompleted();
            assertThat(trial.failure()).isNotDone();
        }

        assertThat(robot.runtime.allAlive(BEACON)).containsExactly(before, newest());
        assertThat(beacon.state().process().map(it -> it.identity().pid()))
                .contains(before.identity().pid());
        assertThat(robot.changes).containsExactly("beacon: stopped → starting", "beacon: starting → running");
    }

    @Test
    void shouldFailATrialWhoseProcessEnds() {
        try (Trial trial = tried()) {
            newest().exitWith(7);

            assertThat(trial.failure()).isCompletedWithValueMatching(why -> why.contains("exit code 7"));
        }
        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.registry.require(BEACON).launches().restarts()).isZero();
    }

    @Test
    void shouldFailATrialThatNeverWorks() {
        robot.answer = Optional.of("not yet");
        try (Trial trial = tried()) {
            robot.pass(Duration.ofMinutes(2));

            assertThat(trial.works()).isNotDone();
            assertThat(trial.failure()).isCompletedWithValue("did not answer its probe: not yet");
        }
    }

    @Test
    void shouldSuperviseTheOneOnRecordWithoutTouchingTheOther() {
        tried().close();
        onRecord(newest());

        followed("2.0.0 took over");

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(beacon.state().reason()).isEqualTo("2.0.0 took over");
        assertThat(before.signals()).isEmpty();
        newest().exitWith(3);
        assertThat(beacon.state()).isInstanceOf(Backoff.class);
        assertThat(before.isAlive()).isTrue();
    }

    @Test
    void shouldNotCareAboutTheEndOfTheOneBefore() {
        tried().close();
        onRecord(newest());
        followed("2.0.0 took over");

        before.exitWith(1);

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.registry.require(BEACON).launches().intended()).isTrue();
    }

    @Test
    void shouldGoBackToTheOneBeforeAsItRuns() {
        tried().close();
        long first = robot.registry.require(BEACON).launches().generation();
        onRecord(newest());
        followed("2.0.0 took over");
        newest().exitWith(3);

        robot.registry.update(BEACON, record -> record.succeededBy(first));
        followed("2.0.0 was taken back");

        assertThat(beacon.state().process().map(it -> it.identity().generation()))
                .contains(first);
        robot.pass(Duration.ofMinutes(1));
        assertThat(robot.runtime.allAlive(BEACON)).containsExactly(before);
        assertThat(before.signals()).isEmpty();
    }

    @Test
    void shouldSayWhenTheOneOnRecordHasEnded() {
        tried().close();
        onRecord(newest());
        newest().exitWith(3);

        CompletableFuture<Void> followed = beacon.followRecord("2.0.0 took over");

        assertThat(followed).isCompletedExceptionally();
        assertThatThrownBy(followed::join)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class, it -> assertThat(it.type()).isEqualTo(ProblemType.START_FAILED));
        assertThat(beacon.state().process().map(it -> it.identity().pid()))
                .contains(before.identity().pid());
    }

    @Test
    void shouldEndTheOtherAsItsManifestWantsAndRecordHow() {
        tried().close();
        onRecord(newest());
        followed("2.0.0 took over");
        before.ignoreStop();

        CompletableFuture<Void> ended = handOver().endOthers(BEACON, STOP);

        assertThat(before.signals()).containsExactly("TERM", "CONT");
        assertThat(ended).isNotDone();
        robot.pass(Duration.ofSeconds(3));
        assertThat(ended).isCompleted();
        assertThat(before.isAlive()).isFalse();
        assertThat(robot.history.lastExit(BEACON).orElseThrow().generation())
                .isEqualTo(before.identity().generation());
        assertThat(robot.runtime.allAlive(BEACON)).containsExactly(newest());
    }

    @Test
    void shouldLeaveTheOneOnRecordWithItsTokenWhenItIsSettled() {
        tried().close();

        handOver().settle(BEACON);

        assertThat(robot.runtime.allAlive(BEACON)).containsExactly(before);
        assertThat(robot.settled).isEqualTo(List.of(before.identity().generation()));
        assertThat(robot.registry.require(BEACON).launches().launched())
                .as("no generation is used twice")
                .isEqualTo(2);
    }

    @Test
    void shouldAdoptTheOneOnRecordAfterACrash() {
        tried().close();
        FakeProcess successor = newest();
        onRecord(successor);

        robot.crash();

        assertThat(robot.supervision
                        .require(BEACON)
                        .state()
                        .process()
                        .map(it -> it.identity().pid()))
                .contains(successor.identity().pid());
        assertThat(robot.runtime.allAlive(BEACON)).containsExactly(before, successor);
    }
}
