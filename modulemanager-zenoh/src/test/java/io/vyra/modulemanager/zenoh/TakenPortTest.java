package io.vyra.modulemanager.zenoh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.module.Lifecycle;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.zenoh.link.Endpoint;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manager cannot listen where it should. */
class TakenPortTest {
    @TempDir
    private Path folder;

    @Test
    void shouldBeAClientOfTheRouterThatIsThereUntilItIsGone() throws Exception {
        Endpoint endpoint = PythonModule.freeEndpoint();
        PythonModule other = PythonModule.router(endpoint);
        try (Robot robot = new Robot(folder, Settings.router(endpoint))) {
            await().atMost(Robot.PATIENCE)
                    .until(() -> robot.face.status().snapshot().connected());
            assertThat(robot.face.status().snapshot().mode()).isEqualTo(BusStatus.Mode.CLIENT);
            ModuleId arm = robot.installSleeper("arm");
            try (PythonModule module = PythonModule.connectedTo(endpoint, arm)) {
                awaitActive(robot, arm);

                other.kill();

                await().atMost(Robot.PATIENCE)
                        .until(() -> robot.face.status().snapshot().mode() == BusStatus.Mode.ROUTER);
                robot.assembly.reports().gone(arm);
                // The module finds the manager by itself, where the other router was.
                await().atMost(Robot.PATIENCE)
                        .untilAsserted(() -> assertThat(
                                        module.tell("alive", robot.manager().self() + "/*"))
                                .hasSize(2));
                module.tell("heartbeat");
                awaitActive(robot, arm);
            }
        } finally {
            other.close();
        }
    }

    @Test
    void shouldRunTheRobotAllTheSameWhenSomethingElseHasThePort() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint endpoint = new Endpoint(Endpoint.Protocol.TCP, "127.0.0.1", other.getLocalPort());
            try (Robot robot = new Robot(folder, Settings.router(endpoint))) {
                assertThat(robot.face.status().snapshot().connected()).isFalse();
                assertThat(robot.face.status().snapshot().reason()).contains(Integer.toString(endpoint.port()));
                robot.installSleeper("arm");

                other.close();

                await().atMost(Robot.PATIENCE)
                        .until(() -> robot.face.status().snapshot().mode() == BusStatus.Mode.ROUTER);
                assertThat(robot.face.status().snapshot().connected()).isTrue();
            }
        }
    }

    private static void awaitActive(Robot robot, ModuleId module) {
        await().atMost(Robot.PATIENCE)
                .untilAsserted(
                        () -> assertThat(robot.assembly.reports().layers(module).lifecycle())
                                .contains(Lifecycle.ACTIVE));
    }
}
