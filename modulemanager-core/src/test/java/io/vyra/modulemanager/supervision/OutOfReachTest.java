package io.vyra.modulemanager.supervision;

import static io.vyra.modulemanager.supervision.SupervisionFixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.supervision.InstanceState.Running;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;
import io.vyra.modulemanager.supervision.InstanceState.Suspended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that go on while nothing can be seen of them or told to them, as when a container engine is away. */
class OutOfReachTest {
    private static final Duration A_WHILE = Duration.ofMinutes(5);

    private SupervisionFixture robot;

    @BeforeEach
    void begin(@TempDir Path folder) {
        robot = new SupervisionFixture(folder);
    }

    @AfterEach
    void end() {
        robot.close();
    }

    @Test
    void shouldNotCountAsSuspendedBeforeTheCommandWasTaken() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        robot.process("beacon").beOutOfReach(Optional.of("the engine is away"));

        robot.want("beacon", Desired.SUSPENDED);
        robot.pass(A_WHILE);

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(beacon.obstacle()).contains("the engine is away");
        robot.process("beacon").beOutOfReach(Optional.empty());
        robot.pass(Duration.ofSeconds(2));
        assertThat(beacon.state()).isInstanceOf(Suspended.class);
        assertThat(robot.process("beacon").isPaused()).isTrue();
    }

    @Test
    void shouldNotCountAsResumedBeforeTheCommandWasTaken() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.SUSPENDED);
        robot.process("beacon").beOutOfReach(Optional.of("the engine is away"));

        robot.want("beacon", Desired.RUNNING);
        robot.pass(A_WHILE);

        assertThat(beacon.state()).isInstanceOf(Suspended.class);
        robot.process("beacon").beOutOfReach(Optional.empty());
        robot.pass(Duration.ofSeconds(2));
        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.process("beacon").isPaused()).isFalse();
    }

    @Test
    void shouldNotBeTakenForHungWhenItCannotBeAsked() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");
        process.beOutOfReach(Optional.of("the engine is away"));
        robot.answer = Optional.of("nobody there");

        robot.pass(A_WHILE);

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(process.signals()).isEmpty();
        process.beOutOfReach(Optional.empty());
        robot.pass(A_WHILE);
        assertThat(process.signals()).as("now it hangs").isNotEmpty();
    }

    @Test
    void shouldBeStoppedByAKillWhenItCannotBeContinued() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");
        process.ignoreStop();
        process.beOutOfReach(Optional.of("the engine is away"));

        robot.want("beacon", Desired.STOPPED);
        robot.pass(Duration.ofSeconds(3));

        assertThat(process.signals()).containsExactly("INT", "KILL");
        assertThat(beacon.state()).isInstanceOf(Stopped.class);
    }

    @Test
    void shouldNotBeTakenForStoppedWhileNobodyKnows() {
        robot.add("beacon", Desired.RUNNING);
        robot.runtime.failNextAdoption(new ProblemException(ProblemType.TIMED_OUT, "The engine is away."));
        robot.crash();
        ModuleSupervisor beacon = robot.supervision.require(id("beacon"));
        var stopped = beacon.when(Stopped.class::isInstance);

        beacon.hold("update", "stopped for the update");

        assertThat(stopped).isNotDone();
        assertThat(beacon.state().reason()).isEqualTo("not known whether it runs: The engine is away");
        robot.pass(Duration.ofSeconds(5));
        assertThat(stopped).isCompleted();
        assertThat(robot.runtime.alive()).as("found, and stopped").isEmpty();
    }

    @Test
    void shouldNotBeStartedAgainWhileNobodyKnowsWhetherItRuns() {
        robot.add("beacon", Desired.RUNNING);
        robot.runtime.failNextAdoption(new ProblemException(ProblemType.TIMED_OUT, "The engine is away."));
        robot.crash();

        robot.want("beacon", Desired.RUNNING);
        assertThat(robot.runtime.secondStarts()).isZero();
        robot.supervision.containersRecovered("the engine is back");

        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Running.class);
        assertThat(robot.starts("beacon")).isEqualTo(1);
    }
}
