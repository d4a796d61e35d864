package io.vyra.modulemanager.ros2.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.ForeignProgram;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.modulemanager.ros2.connection.BridgeConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transitions that do not go as they should, of a managed node on Cyclone DDS, which answers as one on rmw_cyclonedds does. */
class ForeignLifecycleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DRIVER = "/arm/driver";
    private static final String CONFIGURE = "1";
    private static final String ACTIVATE = "3";
    private static final String DEACTIVATE = "4";
    private static final String CLEANUP = "2";

    private BridgeConnection connection;
    private ForeignProgram driver;
    private LifecycleNodes nodes;

    @BeforeEach
    void begin() throws Exception {
        int domain = Domains.free();
        connection = new BridgeConnection(
                Settings.local(domain, Map.of()).provider(),
                new ModuleId("v2_modulemanager", "a".repeat(32)),
                Clock.systemUTC());
        NodeServices services = new NodeServices(connection);
        connection.start(List.of(services));
        await().atMost(PATIENCE).until(() -> connection.node().isPresent());
        driver = ForeignProgram.node(domain, "/arm", "driver");
        driver.tell("manage");
        nodes = new LifecycleNodes(services, Duration.ofMillis(500));
        assertThat(nodes.state(DRIVER, PATIENCE)).contains(LifecycleState.UNCONFIGURED);
    }

    @AfterEach
    void end() {
        driver.close();
        connection.close();
    }

    @Test
    void shouldReadTheStateBackWhenATransitionIsNotAnswered() throws Exception {
        driver.tell("behave", CONFIGURE, "silent");
        driver.tell("behave", CLEANUP, "silent");

        assertThat(nodes.activate(DRIVER, PATIENCE)).isEmpty();
        assertThat(nodes.cleanUp(DRIVER, PATIENCE)).isEmpty();

        assertAsked(CONFIGURE, ACTIVATE, DEACTIVATE, CLEANUP);
        assertThat(nodes.state(DRIVER, PATIENCE)).contains(LifecycleState.UNCONFIGURED);
    }

    @Test
    void shouldSayWhichTransitionWasNeitherAnsweredNorMade() throws Exception {
        driver.tell("behave", ACTIVATE, "stuck");

        assertThat(nodes.activate(DRIVER, PATIENCE))
                .contains("/arm/driver did not answer when asked to activate and is still inactive");
        assertAsked(CONFIGURE, ACTIVATE);
    }

    @Test
    void shouldSayWhichTransitionWasRefused() throws Exception {
        driver.tell("behave", CONFIGURE, "refuse");

        assertThat(nodes.activate(DRIVER, PATIENCE))
                .contains("/arm/driver would not configure and is still unconfigured");
        assertAsked(CONFIGURE);
    }

    @Test
    void shouldWaitForOneThatIsOnItsWay() throws Exception {
        driver.tell("behave", CONFIGURE, "passing");

        CompletableFuture<Optional<String>> walk = walkUp();
        // It was not answered, and the state says more than that: it is looked at again and again.
        await().atMost(PATIENCE)
                .until(() -> driver.events("told").stream()
                                .filter(List.of("10")::equals)
                                .count()
                        >= 3);
        assertThat(walk).isNotDone();
        driver.tell("finish");

        assertThat(arrival(walk)).isEmpty();
        assertAsked(CONFIGURE, ACTIVATE);
    }

    /** One that does one thing after the other says nothing while it is on its way, and is not given up for that. */
    @Test
    void shouldWaitForOneThatIsTooBusyToSayWhereItIs() throws Exception {
        driver.tell("behave", CONFIGURE, "busy");

        CompletableFuture<Optional<String>> walk = walkUp();
        // It was asked for its state a second time, after nothing came of the first.
        driver.awaitEvent("waiting", "2");
        assertThat(walk).isNotDone();
        driver.tell("finish");

        assertThat(arrival(walk)).isEmpty();
        assertAsked(CONFIGURE, ACTIVATE);
    }

    private CompletableFuture<Optional<String>> walkUp() {
        CompletableFuture<Optional<String>> walk = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                walk.complete(nodes.activate(DRIVER, PATIENCE));
            } catch (InterruptedException | RuntimeException e) {
                // The thread's edge: the test shall see it.
                walk.completeExceptionally(e);
            }
        });
        return walk;
    }

    private static Optional<String> arrival(CompletableFuture<Optional<String>> walk)
            throws InterruptedException, ExecutionException, TimeoutException {
        return walk.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void assertAsked(String... transitions) {
        assertThat(driver.events("transition"))
                .isEqualTo(List.of(transitions).stream().map(List::of).toList());
    }
}
