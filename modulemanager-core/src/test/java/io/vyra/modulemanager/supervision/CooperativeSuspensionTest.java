package io.vyra.modulemanager.supervision;

import static io.vyra.modulemanager.supervision.SupervisionFixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.supervision.InstanceState.Running;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;
import io.vyra.modulemanager.supervision.InstanceState.Suspended;
import io.vyra.modulemanager.supervision.Suspension.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that are asked to suspend themselves instead of being stopped by a signal. */
class CooperativeSuspensionTest {
    private SupervisionFixture robot;

    @BeforeEach
    void begin(@TempDir Path folder) {
        robot = new SupervisionFixture(folder);
        robot.suspension.answer = Optional.of(new Outcome.Done("it said so"));
    }

    @AfterEach
    void end() {
        robot.close();
    }

    @Test
    void shouldSuspendAndResumeWithoutASignal() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);

        robot.want("beacon", Desired.SUSPENDED);
        assertThat(beacon.state()).isInstanceOf(Suspended.class);
        robot.want("beacon", Desired.RUNNING);

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.suspension.asked).containsExactly("suspend beacon", "resume beacon");
        assertThat(robot.process("beacon").signals()).isEmpty();
    }

    @Test
    void shouldLeaveAModuleThatRefusesAsItIs() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        robot.suspension.answer = Optional.of(new Outcome.Refused("the arm is moving"));

        robot.want("beacon", Desired.SUSPENDED);

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(beacon.refusal()).contains("the arm is moving");
        assertThat(robot.registry.require(id("beacon")).desired()).isEqualTo(Desired.RUNNING);
        robot.pass(Duration.ofMinutes(5));
        assertThat(robot.suspension.asked).as("not asked on and on").hasSize(1);
        assertThat(robot.process("beacon").signals()).isEmpty();
    }

    @Test
    void shouldForgetARefusalWhenSomethingElseIsAskedFor() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        robot.suspension.answer = Optional.of(new Outcome.Refused("busy"));
        robot.want("beacon", Desired.SUSPENDED);
        robot.suspension.answer = Optional.of(new Outcome.Done("it said so"));

        robot.want("beacon", Desired.SUSPENDED);

        assertThat(beacon.refusal()).isEmpty();
        assertThat(beacon.state()).isInstanceOf(Suspended.class);
    }

    @Test
    void shouldStaySuspendedWhenItRefusesToResume() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        robot.want("beacon", Desired.SUSPENDED);
        robot.suspension.answer = Optional.of(new Outcome.Refused("no power"));

        robot.want("beacon", Desired.RUNNING);

        assertThat(beacon.state()).isInstanceOf(Suspended.class);
        assertThat(beacon.refusal()).contains("no power");
        assertThat(robot.registry.require(id("beacon")).desired()).isEqualTo(Desired.SUSPENDED);
    }

    @Test
    void shouldRefuseForAModuleThatIsNeitherPausableNorServesIt() {
        robot.pausable = false;
        robot.suspension.answer = Optional.of(new Outcome.NotServed("it has no action request_lc_suspend"));
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);

        robot.want("beacon", Desired.SUSPENDED);

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(beacon.refusal()).contains("request_lc_suspend", "pausable: true");
        assertThat(robot.process("beacon").isPaused()).isFalse();
    }

    @Test
    void shouldAskOneThatIsNotReachedUntilItIs() {
        robot.pausable = false;
        robot.suspension.answer = Optional.of(new Outcome.Unreachable("the bus is not connected"));
        ModuleSupervisor beacon = robot.add("beacon", Desired.SUSPENDED);
        assertThat(beacon.state()).isInstanceOf(Running.class);

        robot.pass(Duration.ofSeconds(10));
        assertThat(robot.suspension.asked).hasSize(6);
        robot.suspension.answer = Optional.of(new Outcome.Done("it said so"));
        robot.pass(Duration.ofSeconds(2));

        assertThat(beacon.state()).isInstanceOf(Suspended.class);
    }

    @Test
    void shouldAskOnceWhileTheAnswerIsOpenAndThenFollowWhatIsWanted() {
        robot.suspension.answer = Optional.empty();
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        robot.want("beacon", Desired.SUSPENDED);
        robot.want("beacon", Desired.RUNNING);
        robot.want("beacon", Desired.SUSPENDED);
        robot.want("beacon", Desired.RUNNING);
        assertThat(robot.suspension.asked).containsExactly("suspend beacon");

        robot.suspension.open.removeFirst().complete(new Outcome.Done("it said so"));
        assertThat(robot.suspension.asked).containsExactly("suspend beacon", "resume beacon");
        robot.suspension.open.removeFirst().complete(new Outcome.Done("it said so"));

        assertThat(beacon.state()).isInstanceOf(Running.class);
    }

    @Test
    void shouldIgnoreAnAnswerThatComesAfterTheStop() {
        robot.suspension.answer = Optional.empty();
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        robot.want("beacon", Desired.SUSPENDED);
        robot.want("beacon", Desired.STOPPED);

        robot.suspension.open.removeFirst().complete(new Outcome.Refused("too late"));

        assertThat(beacon.state()).isInstanceOf(Stopped.class);
        assertThat(robot.registry.require(id("beacon")).desired()).isEqualTo(Desired.STOPPED);
        assertThat(beacon.refusal()).isEmpty();
    }

    @Test
    void shouldFindASuspendedModuleSuspendedAfterARestartOfTheManager() {
        robot.add("beacon", Desired.RUNNING);
        robot.want("beacon", Desired.SUSPENDED);

        robot.crash();

        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Suspended.class);
        assertThat(robot.starts("beacon")).isEqualTo(1);
        assertThat(robot.process("beacon").signals()).isEmpty();
    }

    /** A signal would stay unseen by who asks it to resume later: the process would go on, and the module stay suspended. */
    @Test
    void shouldNotStopASuspendedModuleThatIsNotOnTheBusYetAfterARestartOfTheManager() {
        robot.add("beacon", Desired.RUNNING);
        robot.want("beacon", Desired.SUSPENDED);
        robot.suspension.answer = Optional.of(new Outcome.Unreachable("it is not on the bus"));

        robot.crash();
        robot.pass(Duration.ofSeconds(10));

        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Suspended.class);
        assertThat(adopted().signals()).isEmpty();
        robot.suspension.answer = Optional.of(new Outcome.Done("it said so"));
        robot.want("beacon", Desired.RUNNING);
        robot.pass(Duration.ofSeconds(2));
        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Running.class);
        assertThat(robot.suspension.asked).endsWith("resume beacon");
    }

    @Test
    void shouldSuspendAgainWhatRunsAlthoughItWasLeftSuspended() {
        robot.add("beacon", Desired.RUNNING);
        robot.want("beacon", Desired.SUSPENDED);
        robot.suspension.answer = Optional.of(new Outcome.NotServed("it has no such action any more"));

        robot.crash();

        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Suspended.class);
        assertThat(adopted().isPaused()).isTrue();
    }

    @Test
    void shouldKnowOverSeveralRestartsThatAModuleSuspendedItself() {
        robot.add("beacon", Desired.RUNNING);
        robot.want("beacon", Desired.SUSPENDED);
        robot.suspension.answer = Optional.of(new Outcome.Unreachable("it is not on the bus"));

        robot.crash();
        robot.crash();

        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Suspended.class);
        assertThat(adopted().signals()).isEmpty();
    }

    /** As the new manager sees it. */
    private FakeProcess adopted() {
        return (FakeProcess)
                robot.supervision.require(id("beacon")).state().process().orElseThrow();
    }
}
