package io.vyra.modulemanager.supervision;

import static io.vyra.modulemanager.supervision.SupervisionFixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.supervision.InstanceState.Backoff;
import io.vyra.modulemanager.supervision.InstanceState.Failed;
import io.vyra.modulemanager.supervision.InstanceState.Running;
import io.vyra.modulemanager.supervision.InstanceState.Starting;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;
import io.vyra.modulemanager.supervision.InstanceState.Stopping;
import io.vyra.modulemanager.supervision.InstanceState.Suspended;
import io.vyra.modulemanager.supervision.InstanceState.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleSupervisorTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
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
    void shouldRunOnceTheFirstProbePasses() {
        robot.answer = Optional.of("not yet");
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        assertThat(beacon.state()).isInstanceOf(Starting.class);
        robot.pass(Duration.ofMillis(150));
        assertThat(robot.asked).as("every 100 ms while starting").hasSize(2);

        robot.answer = Optional.empty();
        robot.pass(Duration.ofMillis(100));

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.changes).containsExactly("beacon: stopped → starting", "beacon: starting → running");
        assertThat(robot.history.transitions(id("beacon"), 10)).hasSize(2);
    }

    @Test
    void shouldStayStoppedWhenThatIsDesired() {
        assertThat(robot.add("beacon", Desired.STOPPED).state()).isInstanceOf(Stopped.class);
        assertThat(robot.starts("beacon")).isZero();
        assertThat(robot.time.timers()).isZero();
    }

    @Test
    void shouldBackOffLongerAndLongerThenFailAndTryOnSlowly() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        int budget = SupervisionFixture.RESTARTS.budget();
        for (int failure = 0; failure < budget; failure++) {
            robot.process("beacon").exitWith(3);

            Backoff backoff = (Backoff) beacon.state();
            Duration delay = Duration.between(robot.time.instant(), backoff.until());
            assertThat(delay).isBetween(Duration.ZERO, Duration.ofMillis(200L << failure));
            assertThat(backoff.reason()).contains("exit code 3");
            assertThat(beacon.restartsLeft()).isEqualTo(budget - failure - 1);
            robot.pass(delay);
            assertThat(beacon.state()).isInstanceOf(Running.class);
        }

        robot.process("beacon").exitWith(3);

        Failed failed = (Failed) beacon.state();
        assertThat(failed.reason()).contains("budget is spent");
        Duration slow = Duration.between(robot.time.instant(), failed.retryAt().orElseThrow());
        assertThat(slow).isBetween(Duration.ofSeconds(150), Duration.ofSeconds(450));
        robot.pass(slow);
        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.registry.require(id("beacon")).launches().restarts()).isEqualTo(budget + 1);
        robot.process("beacon").exitWith(3);
        assertThat(beacon.state()).as("no new budget by itself").isInstanceOf(Failed.class);
    }

    private void spendBudget(String name) {
        for (int failure = 0; failure <= SupervisionFixture.RESTARTS.budget(); failure++) {
            robot.process(name).exitWith(1);
            if (failure < SupervisionFixture.RESTARTS.budget()) {
                robot.pass(Duration.ofSeconds(20));
            }
        }
        assertThat(robot.supervision.require(id(name)).state()).isInstanceOf(Failed.class);
    }

    @Test
    void shouldGiveTheBudgetBackOnAUsersWord() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        spendBudget("beacon");

        beacon.desiredChanged("start by operator");

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(beacon.restartsLeft()).isEqualTo(SupervisionFixture.RESTARTS.budget());
    }

    @Test
    void shouldGiveTheBudgetBackForANewVersion() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        spendBudget("beacon");

        beacon.hold("update", "stopped for the update");
        assertThat(beacon.state()).isInstanceOf(Stopped.class);
        beacon.release("update", "switched");

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(beacon.restartsLeft()).isEqualTo(SupervisionFixture.RESTARTS.budget());
    }

    @Test
    void shouldGiveTheBudgetBackWhenWhatItNeedsRecovers() {
        robot.needs.put(id("top"), Set.of(id("base")));
        robot.add("base", Desired.RUNNING);
        ModuleSupervisor top = robot.add("top", Desired.RUNNING);
        spendBudget("top");

        robot.process("base").exitWith(1);
        assertThat(top.state()).isInstanceOf(Failed.class);
        robot.pass(SECOND);

        assertThat(top.state()).isInstanceOf(Running.class);
        assertThat(top.restartsLeft()).isEqualTo(SupervisionFixture.RESTARTS.budget());
    }

    @Test
    void shouldNotCareWhenAModuleItDoesNotNeedStarts() {
        ModuleSupervisor crasher = robot.add("crasher", Desired.RUNNING);
        spendBudget("crasher");
        int starts = robot.starts("crasher");

        robot.add("stranger", Desired.RUNNING);

        assertThat(crasher.state()).isInstanceOf(Failed.class);
        assertThat(crasher.restartsLeft()).isZero();
        assertThat(robot.starts("crasher")).isEqualTo(starts);
    }

    @Test
    void shouldStopAndRestartAModuleThatHangs() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        FakeProcess hung = robot.process("beacon");
        hung.ignoreStop();
        robot.answer = Optional.of("no answer");

        robot.pass(Duration.ofSeconds(25));
        assertThat(beacon.ailment()).contains("2 times").contains("no answer");
        assertThat(beacon.state()).isInstanceOf(Running.class);
        robot.pass(Duration.ofSeconds(5));

        assertThat(beacon.state()).isInstanceOf(Stopping.class);
        assertThat(beacon.state().reason()).contains("did not answer its probe");
        assertThat(hung.signals()).containsExactly("INT", "CONT");
        robot.answer = Optional.empty();
        robot.pass(Duration.ofSeconds(3));
        assertThat(hung.signals()).containsExactly("INT", "CONT", "KILL");
        assertThat(beacon.state()).isInstanceOf(Backoff.class);
        robot.pass(SECOND);
        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(beacon.ailment()).isEmpty();
    }

    @Test
    void shouldNotCountFailuresWithinTheStartPeriod() {
        robot.answer = Optional.of("warming up");
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);

        robot.pass(Duration.ofSeconds(29));
        assertThat(beacon.state()).isInstanceOf(Starting.class);
        assertThat(beacon.ailment()).isEmpty();
        robot.pass(Duration.ofSeconds(25));

        assertThat(robot.changes).as("three more failures, 10 s apart").contains("beacon: starting → stopping");
    }

    @Test
    void shouldForgetFailuresOnceAProbePasses() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        for (int round = 0; round < 4; round++) {
            robot.answer = Optional.of("slow");
            robot.pass(Duration.ofSeconds(20));
            robot.answer = Optional.empty();
            robot.pass(Duration.ofSeconds(10));
        }
        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.starts("beacon")).isEqualTo(1);
    }

    @Test
    void shouldOnlyLookAtTheProcessWhenChecksAreSwitchedOff() {
        robot.check = new io.vyra.modulemanager.module.HealthCheck(false, SECOND, SECOND, 1, Duration.ZERO);
        robot.answer = Optional.of("never answers");

        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);

        robot.pass(Duration.ofMinutes(1));
        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.asked).hasSize(1);
        assertThat(robot.time.timers()).isZero();
    }

    @Test
    void shouldTakeAProbeThatBreaksForOneThatFails() {
        robot.leaveProbesOpen = true;
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);

        robot.openProbes.getFirst().completeExceptionally(new IllegalStateException("prober"));
        robot.leaveProbesOpen = false;
        robot.pass(SECOND);

        assertThat(beacon.state()).isInstanceOf(Running.class);
    }

    @Test
    void shouldAskThenKillThenKillAgain() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");
        process.ignoreKills(2);

        robot.want("beacon", Desired.STOPPED);
        assertThat(process.signals()).containsExactly("INT", "CONT");
        robot.pass(Duration.ofSeconds(3));
        robot.pass(Duration.ofSeconds(5));
        assertThat(beacon.state()).isInstanceOf(Stopping.class);
        robot.pass(Duration.ofSeconds(5));

        assertThat(process.signals()).containsExactly("INT", "CONT", "KILL", "KILL", "KILL");
        assertThat(beacon.state()).isInstanceOf(Stopped.class);
        robot.pass(Duration.ofMinutes(10));
        assertThat(process.signals()).hasSize(5);
        assertThat(robot.time.timers()).isZero();
    }

    @Test
    void shouldStopWhateverItIsDoing() {
        robot.answer = Optional.of("not yet");
        ModuleSupervisor starting = robot.add("starting", Desired.RUNNING);
        robot.answer = Optional.empty();
        ModuleSupervisor backoff = robot.add("backoff", Desired.RUNNING);
        robot.process("backoff").exitWith(1);
        ModuleSupervisor failed = robot.add("failed", Desired.RUNNING);
        spendBudget("failed");
        ModuleSupervisor suspended = robot.add("suspended", Desired.SUSPENDED);
        robot.needs.put(id("waiting"), Set.of(id("absent")));
        ModuleSupervisor waiting = robot.add("waiting", Desired.RUNNING);
        robot.process("backoff").exitWith(1);
        assertThat(backoff.state()).isInstanceOf(Backoff.class);
        assertThat(suspended.state()).isInstanceOf(Suspended.class);
        assertThat(waiting.state()).isInstanceOf(Waiting.class);
        FakeProcess paused = robot.process("suspended");

        for (String name : List.of("starting", "backoff", "failed", "suspended", "waiting")) {
            robot.want(name, Desired.STOPPED);
        }

        for (ModuleSupervisor supervisor : List.of(starting, backoff, failed, suspended, waiting)) {
            assertThat(supervisor.state()).isInstanceOf(Stopped.class);
        }
        assertThat(paused.signals())
                .as("continued, or it would never see the signal")
                .endsWith("INT", "CONT");
        robot.pass(Duration.ofHours(1));
        assertThat(robot.runtime.alive()).isEmpty();
    }

    @Test
    void shouldStartAgainWhenThatIsDesiredWhileItStops() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        robot.process("beacon").ignoreStop();
        robot.want("beacon", Desired.STOPPED);

        robot.want("beacon", Desired.RUNNING);
        assertThat(beacon.state()).isInstanceOf(Stopping.class);
        robot.pass(Duration.ofSeconds(3));

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.starts("beacon")).isEqualTo(2);
    }

    @Test
    void shouldStayStoppedWhenThatIsDesiredWhileItRestarts() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        robot.process("beacon").ignoreStop();
        beacon.restart("restart by operator");

        robot.want("beacon", Desired.STOPPED);
        robot.pass(Duration.ofSeconds(3));

        assertThat(beacon.state()).isInstanceOf(Stopped.class);
        assertThat(robot.starts("beacon")).isEqualTo(1);
    }

    @Test
    void shouldRestart() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);

        beacon.restart("restart by operator");

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.starts("beacon")).isEqualTo(2);
        assertThat(robot.registry.require(id("beacon")).launches().restarts())
                .as("not a failure")
                .isZero();
    }

    @Test
    void shouldSuspendAndResumeTheSameProcess() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");

        robot.want("beacon", Desired.SUSPENDED);
        assertThat(beacon.state()).isInstanceOf(Suspended.class);
        assertThat(process.isPaused()).isTrue();
        robot.answer = Optional.of("paused");
        robot.pass(Duration.ofMinutes(5));
        assertThat(beacon.state()).as("nobody probes a paused module").isInstanceOf(Suspended.class);
        robot.answer = Optional.empty();
        robot.want("beacon", Desired.RUNNING);

        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(process.isPaused()).isFalse();
        assertThat(robot.starts("beacon")).isEqualTo(1);
    }

    @Test
    void shouldOnlyBeReleasedByWhoHoldsIt() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        beacon.hold("first", "update");
        beacon.hold("second", "removal");

        beacon.release("first", "done");
        assertThat(beacon.state()).isInstanceOf(Stopped.class);
        robot.want("beacon", Desired.RUNNING);
        assertThat(beacon.state()).isInstanceOf(Stopped.class);
        robot.supervision.releaseAll("second", "done");

        assertThat(beacon.state()).isInstanceOf(Running.class);
    }

    @Test
    void shouldAdoptALivingProcessWithItsToken() {
        robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");

        robot.crash();

        ModuleSupervisor beacon = robot.supervision.require(id("beacon"));
        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.starts("beacon")).isEqualTo(1);
        assertThat(robot.tokens).as("the module still uses the first").isEqualTo(1);
        process.exitWith(4);
        assertThat(beacon.state()).isInstanceOf(Backoff.class);
    }

    @Test
    void shouldStopWhatItAdoptsWhenItIsToBeStopped() {
        robot.add("beacon", Desired.RUNNING);
        robot.registry.update(id("beacon"), it -> it.with(it.settings().withDesired(Desired.STOPPED)));

        robot.crash();

        assertThat(robot.runtime.alive()).isEmpty();
        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Stopped.class);
    }

    @Test
    void shouldCountAnEndThatItMissedAsAFailure() {
        robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");
        robot.supervision.detachAll();
        process.exitWith(7);

        robot.crash();

        ModuleSupervisor beacon = robot.supervision.require(id("beacon"));
        robot.pass(SECOND);
        assertThat(beacon.state()).isInstanceOf(Running.class);
        assertThat(robot.history.exits(id("beacon"), 5)).isNotEmpty();
        assertThat(robot.history.lastExit(id("beacon")).orElseThrow().code()).hasValue(7);
    }

    @Test
    void shouldLaunchWhatWasIntendedButNeverStarted() {
        robot.add("beacon", Desired.STOPPED);
        robot.registry.update(id("beacon"), it -> it.with(it.settings().withDesired(Desired.RUNNING)));
        robot.registry.intendLaunch(id("beacon"));

        robot.crash();

        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Running.class);
        assertThat(robot.process("beacon").identity().generation()).isEqualTo(2);
    }

    @Test
    void shouldAdoptWhatTheDatabaseKnowsNothingOf() {
        robot.add("beacon", Desired.RUNNING);
        robot.process("beacon").exitWith(1);
        robot.pass(SECOND);
        robot.process("beacon");
        // As after the restore of a backup from before the launch.
        robot.registry.launchEnded(id("beacon"), 2);

        robot.crash();

        assertThat(robot.starts("beacon")).isEqualTo(2);
        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Running.class);
        assertThat(robot.registry.require(id("beacon")).launches().intended()).isTrue();
    }

    @Test
    void shouldFindAPausedProcessSuspendedAndResumeItWhenThatIsDesired() {
        robot.add("beacon", Desired.SUSPENDED);
        robot.crash();
        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Suspended.class);

        robot.registry.update(id("beacon"), it -> it.with(it.settings().withDesired(Desired.RUNNING)));
        robot.crash();

        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Running.class);
        assertThat(robot.starts("beacon")).isEqualTo(1);
    }

    @Test
    void shouldAskAgainWhenItCannotFindOutWhatBecameOfAProcess() {
        robot.add("beacon", Desired.RUNNING);
        robot.runtime.failNextAdoption(new ProblemException(ProblemType.TIMED_OUT, "disks hang"));

        robot.crash();
        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Stopped.class);
        robot.pass(Duration.ofSeconds(5));

        assertThat(robot.supervision.require(id("beacon")).state()).isInstanceOf(Running.class);
        assertThat(robot.starts("beacon")).isEqualTo(1);
    }

    @Test
    void shouldIgnoreWhatBelongsToAnEarlierTime() {
        robot.leaveProbesOpen = true;
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        FakeProcess first = robot.process("beacon");
        beacon.restart("again");
        FakeProcess second = robot.process("beacon");
        assertThat(robot.openProbes).hasSize(2);

        robot.openProbes.getFirst().complete(Optional.empty());

        assertThat(beacon.state()).as("a probe of the first process").isInstanceOf(Starting.class);
        assertThat(first.isAlive()).isFalse();
        robot.openProbes.get(1).complete(Optional.empty());
        assertThat(beacon.state()).isInstanceOf(Running.class);
        robot.pass(Duration.ofSeconds(4));
        assertThat(second.signals()).as("the kill was meant for the first").isEmpty();
    }

    @Test
    void shouldTreatALaunchThatFailsAsAFailureOfTheModule() {
        robot.runtime.failNextStart(new ProblemException(ProblemType.START_FAILED, "no such program"));

        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);

        assertThat(beacon.state()).isInstanceOf(Backoff.class);
        assertThat(beacon.state().reason()).contains("no such program");
        robot.pass(SECOND);
        assertThat(beacon.state()).isInstanceOf(Running.class);
    }

    @Test
    void shouldSurviveAProcessThatEndsWhileItStarts() {
        robot.runtime.onStart(process -> process.exitWith(2));
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        robot.pass(Duration.ofMinutes(1));

        assertThat(beacon.state()).isInstanceOf(Failed.class);
        assertThat(robot.starts("beacon")).isEqualTo(SupervisionFixture.RESTARTS.budget() + 1);
    }

    @Test
    void shouldGoOnWhenTheDatabaseDoesNot() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");
        robot.database.close();

        process.exitWith(1);
        assertThat(beacon.state()).isInstanceOf(Backoff.class);
        robot.pass(Duration.ofSeconds(5));

        assertThat(beacon.state())
                .as("it cannot launch without recording that, but it goes on trying")
                .satisfiesAnyOf(
                        it -> assertThat(it).isInstanceOf(Backoff.class),
                        it -> assertThat(it).isInstanceOf(Failed.class));
        assertThat(robot.time.timers()).isEqualTo(1);
    }

    @Test
    void shouldStopWithoutADatabase() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        robot.database.close();

        beacon.hold("shutdown", "the manager stops");

        assertThat(beacon.state()).isInstanceOf(Stopped.class);
        assertThat(robot.runtime.alive()).isEmpty();
    }

    @Test
    void shouldNotBeStoppedByAListenerThatBreaks() {
        robot.listener = (module, from, to) -> {
            throw new IllegalStateException("listener");
        };

        assertThat(robot.add("beacon", Desired.RUNNING).state()).isInstanceOf(Running.class);
    }

    @Test
    void shouldWaitForWhatItNeedsAndStartWhenThatRuns() {
        robot.needs.put(id("top"), Set.of(id("base")));
        ModuleSupervisor base = robot.add("base", Desired.STOPPED);
        ModuleSupervisor top = robot.add("top", Desired.RUNNING);
        assertThat(top.state()).isInstanceOf(Waiting.class);
        assertThat(top.state().reason()).contains(id("base").toString());

        robot.want("base", Desired.RUNNING);

        assertThat(base.state()).isInstanceOf(Running.class);
        assertThat(top.state()).isInstanceOf(Running.class);
        robot.want("base", Desired.STOPPED);
        assertThat(top.state()).as("losing it later disturbs nobody").isInstanceOf(Running.class);
    }

    @Test
    void shouldNotRestartAgainstTheManifest() {
        robot.restartOnFailure = false;
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);

        robot.process("beacon").exitWith(1);

        assertThat(beacon.state()).isInstanceOf(Failed.class);
        assertThat(beacon.state().nextRetry()).isEmpty();
        robot.pass(Duration.ofHours(5));
        assertThat(robot.starts("beacon")).isEqualTo(1);
        beacon.desiredChanged("start by operator");
        assertThat(beacon.state()).isInstanceOf(Running.class);
    }

    @Test
    void shouldLeaveModulesAloneOnceItLetGo() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");
        robot.supervision.detachAll();

        beacon.restart("too late");
        robot.want("beacon", Desired.STOPPED);
        robot.pass(Duration.ofHours(1));

        assertThat(process.isAlive()).isTrue();
        assertThat(process.signals()).isEmpty();
    }

    @Test
    void shouldTellWhoeverWaitsForAState() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.STOPPED);
        var running = beacon.when(Running.class::isInstance);
        var stopped = beacon.when(Stopped.class::isInstance);
        assertThat(stopped).isCompleted();
        assertThat(running).isNotDone();

        robot.want("beacon", Desired.RUNNING);

        assertThat(running).isCompleted();
    }
}
