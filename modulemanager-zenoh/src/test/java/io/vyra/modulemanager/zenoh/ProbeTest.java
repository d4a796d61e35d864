package io.vyra.modulemanager.zenoh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.runtime.ProbeResult;
import io.vyra.zenoh.link.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three questions of a probe of kind zenoh. */
class ProbeTest {
    @TempDir
    private Path folder;

    private Robot robot;
    private ModuleId arm;
    private PythonModule module;
    private Duration uptime = Duration.ofDays(1);

    @BeforeEach
    void begin() throws Exception {
        robot = new Robot(folder, Settings.router(Endpoint.parse("tcp/127.0.0.1:0")));
        arm = robot.installSleeper("arm");
    }

    @AfterEach
    void end() {
        if (module != null) {
            module.close();
        }
        robot.close();
    }

    private void connect() throws Exception {
        module = PythonModule.connectedTo(
                Endpoint.parse(robot.face.status().snapshot().endpoints().getFirst()), arm);
    }

    private ProbeResult ask(Probe.Bus probe) {
        return robot.assembly.busSocket().run(arm, probe, uptime, Duration.ofSeconds(1));
    }

    private void assertPasses(Probe.Bus probe) {
        Awaitility.await().atMost(Robot.PATIENCE).until(() -> ask(probe) instanceof ProbeResult.Passed);
    }

    private void assertFails(Probe.Bus probe, String words) {
        Awaitility.await()
                .atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThat(ask(probe))
                        .isInstanceOfSatisfying(
                                ProbeResult.Failed.class,
                                failed -> assertThat(failed.reason()).contains(words)));
    }

    @Test
    void shouldPassWhileAFunctionAnswers() throws Exception {
        Probe.Bus probe = new Probe.BusFunction("get_state");
        assertFails(probe, "nobody on the bus serves its get_state");
        connect();

        assertPasses(probe);
        module.tell("behave", "get_state", "error");
        assertFails(probe, "it is broken");
        module.tell("behave", "get_state", "silent");
        assertFails(probe, "did not answer within 1.0 s");
    }

    @Test
    void shouldPassWhileATokenStands() throws Exception {
        connect();
        Probe.Bus probe = new Probe.BusToken("ready");
        assertFails(probe, "does not stand");

        module.tell("token", "ready");
        assertPasses(probe);
        module.tell("undeclare", "ready");
        assertFails(probe, "does not stand");
        module.tell("token", "ready");
        assertPasses(probe);
        module.kill();

        assertFails(probe, "does not stand");
    }

    @Test
    void shouldPassWhileTheModuleIsHeardOf() throws Exception {
        assertFails(new Probe.BusHeartbeat(Duration.ofSeconds(60)), "not heard of");
        connect();

        assertPasses(new Probe.BusHeartbeat(Duration.ofSeconds(60)));
        assertFails(new Probe.BusHeartbeat(Duration.ofMillis(1)), "allowed are 0.0 s");
        uptime = Duration.ofNanos(1);
        assertFails(new Probe.BusHeartbeat(Duration.ofSeconds(60)), "since its start");
    }
}
