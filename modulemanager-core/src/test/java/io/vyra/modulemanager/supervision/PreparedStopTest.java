package io.vyra.modulemanager.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;
import io.vyra.modulemanager.supervision.InstanceState.Stopping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that are to be brought somewhere before their process may be ended. */
class PreparedStopTest {
    private SupervisionFixture robot;
    private final CompletableFuture<Void> preparation = new CompletableFuture<>();

    @BeforeEach
    void begin(@TempDir Path folder) {
        robot = new SupervisionFixture(folder);
        robot.suspension.preparation = Optional.of(preparation);
    }

    @AfterEach
    void end() {
        robot.close();
    }

    @Test
    void shouldSignalOnlyOnceTheModuleIsPrepared() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");

        robot.want("beacon", Desired.STOPPED);
        assertThat(beacon.state()).isInstanceOf(Stopping.class);
        assertThat(process.signals()).isEmpty();
        preparation.complete(null);

        assertThat(process.signals()).startsWith("INT");
        assertThat(beacon.state()).isInstanceOf(Stopped.class);
    }

    @Test
    void shouldNotWaitForEver() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");

        robot.want("beacon", Desired.STOPPED);
        robot.pass(Duration.ofSeconds(16));

        assertThat(process.signals()).startsWith("INT");
        assertThat(beacon.state()).isInstanceOf(Stopped.class);
    }

    @Test
    void shouldSignalOnceAndKeepTheTimeToKill() {
        robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");
        process.ignoreStop();

        robot.want("beacon", Desired.STOPPED);
        robot.pass(Duration.ofSeconds(16));
        preparation.complete(null);
        assertThat(process.signals()).containsExactly("INT", "CONT");
        robot.pass(Duration.ofSeconds(5));

        assertThat(process.signals()).containsExactly("INT", "CONT", "KILL");
    }

    @Test
    void shouldForgetThePreparationOfAModuleThatEndedMeanwhile() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);
        FakeProcess process = robot.process("beacon");

        robot.want("beacon", Desired.STOPPED);
        process.exitWith(0);
        preparation.complete(null);

        assertThat(beacon.state()).isInstanceOf(Stopped.class);
        assertThat(process.signals()).isEmpty();
    }
}
