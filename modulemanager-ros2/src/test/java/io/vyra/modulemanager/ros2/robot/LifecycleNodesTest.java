package io.vyra.modulemanager.ros2.robot;

import static io.vyra.modulemanager.ros2.robot.ManagedNode.ACTIVATE;
import static io.vyra.modulemanager.ros2.robot.ManagedNode.CLEANUP;
import static io.vyra.modulemanager.ros2.robot.ManagedNode.CONFIGURE;
import static io.vyra.modulemanager.ros2.robot.ManagedNode.DEACTIVATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.modulemanager.ros2.connection.BridgeConnection;
import io.vyra.modulemanager.ros2.connection.BridgeSettings;
import io.vyra.ros2.graph.RosContext;
import io.vyra.ros2.graph.RosNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifecycleNodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DRIVER = "/arm/driver";

    private BridgeConnection connection;
    private NodeServices services;
    private RosContext robot;
    private RosNode node;
    private ManagedNode driver;
    private LifecycleNodes nodes;

    @BeforeEach
    void begin() throws IOException {
        BridgeSettings settings = Settings.local(Domains.free(), Map.of());
        connection = new BridgeConnection(
                settings.provider(), new ModuleId("v2_modulemanager", "a".repeat(32)), Clock.systemUTC());
        services = new NodeServices(connection);
        connection.start(List.of(services));
        await().atMost(PATIENCE).until(() -> connection.node().isPresent());
        robot = RosContext.open(settings.context());
        node = robot.createNode("/arm", "driver");
        driver = new ManagedNode(node);
        nodes = new LifecycleNodes(services, Duration.ofSeconds(2));
        await().atMost(PATIENCE)
                .until(() -> nodes.state(DRIVER, Duration.ofSeconds(5)).isPresent());
    }

    @AfterEach
    void end() {
        driver.end.countDown();
        robot.close();
        connection.close();
    }

    @Test
    void shouldConfigureAndActivate() throws InterruptedException {
        assertThat(nodes.activate(DRIVER, PATIENCE)).isEmpty();

        assertThat(driver.asked).containsExactly(CONFIGURE, ACTIVATE);
        assertThat(nodes.state(DRIVER, PATIENCE)).contains(LifecycleState.ACTIVE);
    }

    @Test
    void shouldLeaveAnActiveNodeAsItIs() throws InterruptedException {
        assertThat(nodes.activate(DRIVER, PATIENCE)).isEmpty();
        driver.asked.clear();

        assertThat(nodes.activate(DRIVER, PATIENCE)).isEmpty();

        assertThat(driver.asked).isEmpty();
    }

    @Test
    void shouldDeactivateAndCleanUp() throws InterruptedException {
        assertThat(nodes.activate(DRIVER, PATIENCE)).isEmpty();
        driver.asked.clear();

        assertThat(nodes.cleanUp(DRIVER, PATIENCE)).isEmpty();

        assertThat(driver.asked).containsExactly(DEACTIVATE, CLEANUP);
    }

    @Test
    void shouldReadTheStateBackWhenATransitionIsNotAnswered() throws InterruptedException {
        driver.silent = List.of(CONFIGURE);

        assertThat(nodes.activate(DRIVER, PATIENCE)).isEmpty();

        assertThat(driver.asked).containsExactly(CONFIGURE, ACTIVATE);
    }

    @Test
    void shouldSayWhichTransitionANodeWouldNotMake() throws InterruptedException {
        driver.refused = List.of(ACTIVATE);

        assertThat(nodes.activate(DRIVER, PATIENCE)).contains("/arm/driver would not activate and is still inactive");
    }

    @Test
    void shouldSayWhichTransitionANodeDidNotAnswer() throws InterruptedException {
        driver.stuck = List.of(ACTIVATE);

        assertThat(nodes.activate(DRIVER, PATIENCE))
                .contains("/arm/driver did not answer when asked to activate and is still inactive");
        assertThat(driver.asked).as("not asked again").containsExactly(CONFIGURE, ACTIVATE);
    }

    @Test
    void shouldSayWhereANodeIsWhenTheTimeIsUp() throws InterruptedException {
        driver.stuck = List.of(CONFIGURE);

        assertThat(nodes.activate(DRIVER, Duration.ofSeconds(1)))
                .contains("/arm/driver is unconfigured and did not become active in time");
    }

    @Test
    void shouldSayThatANodeDoesNotAnswer() throws InterruptedException {
        assertThat(nodes.activate("/nobody", Duration.ofMillis(200)))
                .contains("/nobody does not say in which state it is");
    }
}
