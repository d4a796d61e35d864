package io.vyra.modulemanager.ros2.connection;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.ros2.graph.ContextSettings;
import io.vyra.ros2.graph.RosContext;
import io.vyra.ros2.graph.RosNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The manager's node in the graph, {@code /v2_modulemanager_{uuid}/modulemanager}. When the system has no port or no network for it, it is
 * tried again until it has. Thread-safe.
 */
public final class BridgeConnection implements AutoCloseable {
    static final String NODE = "modulemanager";
    private static final Logger LOG = Logger.getLogger(BridgeConnection.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ContextSettings settings;
    private final String namespace;
    private final InstantSource clock;
    private final ScheduledExecutorService opener = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ros2-bridge").factory());
    private volatile Condition condition;
    private volatile Optional<RosNode> node = Optional.empty();
    private List<BridgePart> parts = List.of();

    /** @param reason why it is not connected; empty when it is */
    public record Condition(boolean isConnected, Instant since, String reason) {}

    public BridgeConnection(ContextSettings settings, ModuleId self, InstantSource clock) {
        this.settings = settings;
        this.namespace = "/" + self;
        this.clock = clock;
        this.condition = new Condition(false, clock.instant(), "the bridge has not been started yet");
    }

    /** Joins the graph in the background. */
    public void start(List<BridgePart> newParts) {
        parts = List.copyOf(newParts);
        opener.execute(this::open);
    }

    private void open() {
        try {
            RosNode made = join();
            node = Optional.of(made);
            condition = new Condition(true, clock.instant(), "");
            LOG.infof(
                    "ROS 2 joined domain=%d range=%s node=%s",
                    settings.participant().discovery().domain(),
                    settings.participant().discovery().range(),
                    made.fullName());
        } catch (IOException e) {
            String cause = String.valueOf(e.getMessage());
            if (!cause.equals(condition.reason())) {
                LOG.warnf("ROS 2 cannot be joined yet cause=%s", cause);
                condition = new Condition(false, clock.instant(), cause);
            }
            again();
        } catch (RuntimeException e) {
            // The thread's edge: without the bridge the manager still manages.
            LOG.errorf(e, "ROS 2 cannot be joined");
            condition = new Condition(false, clock.instant(), "the bridge broke; the log says why");
        }
    }

    private void again() {
        try {
            opener.schedule(this::open, RETRY.toSeconds(), TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("ROS 2 is not joined any more: the manager is stopping");
        }
    }

    private RosNode join() throws IOException {
        RosContext context = RosContext.open(settings);
        try {
            RosNode made = context.createNode(namespace, NODE);
            parts.forEach(part -> part.attach(made));
            return made;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    public Condition condition() {
        return condition;
    }

    /** The manager's node, while there is one. */
    public Optional<RosNode> node() {
        return node;
    }

    @Override
    public void close() {
        opener.shutdownNow();
        try {
            opener.awaitTermination(RETRY.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Optional<RosNode> last = node;
        node = Optional.empty();
        condition = new Condition(false, clock.instant(), "the manager is stopping");
        if (last.isPresent()) {
            parts.forEach(BridgePart::detach);
            last.get().close();
            last.get().context().close();
        }
    }
}
