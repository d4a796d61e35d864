package io.vyra.modulemanager.ros2.connection;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.RosProvider;
import io.vyra.modulemanager.ros2.port.UnusableProviderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The manager's node in the graph, {@code /v2_modulemanager_{uuid}/modulemanager}. When the system has no port or no network for it, it is
 * tried again until it has; when the library that is to speak ROS 2 cannot be used, it stays away and says why. Thread-safe.
 */
public final class BridgeConnection implements AutoCloseable {
    static final String NODE = "modulemanager";
    private static final Logger LOG = Logger.getLogger(BridgeConnection.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final RosProvider provider;
    private final String namespace;
    private final InstantSource clock;
    private final ScheduledExecutorService opener = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ros2-bridge").factory());
    private volatile Condition condition;
    private volatile Optional<RosPort> node = Optional.empty();
    private volatile List<BridgePart> parts = List.of();
    private final AtomicBoolean isStarted = new AtomicBoolean();

    /** @param reason why it is not connected; empty when it is */
    public record Condition(boolean isConnected, Instant since, String reason) {}

    public BridgeConnection(RosProvider provider, ModuleId self, InstantSource clock) {
        this.provider = provider;
        this.namespace = "/" + self;
        this.clock = clock;
        this.condition = new Condition(false, clock.instant(), "the bridge has not been started yet");
    }

    /** Joins the graph in the background. Does nothing a second time, or once it is closed. */
    public void start(List<BridgePart> newParts) {
        if (!isStarted.compareAndSet(false, true)) {
            return;
        }
        parts = List.copyOf(newParts);
        openIn(Duration.ZERO);
    }

    private void open() {
        try {
            RosPort made = join();
            node = Optional.of(made);
            condition = new Condition(true, clock.instant(), "");
            LOG.infof("ROS 2 joined %s node=%s", provider.description(), made.fullName());
        } catch (IOException e) {
            String cause = String.valueOf(e.getMessage());
            if (!cause.equals(condition.reason())) {
                LOG.warnf("ROS 2 cannot be joined yet cause=%s", cause);
                condition = new Condition(false, clock.instant(), cause);
            }
            openIn(RETRY);
        } catch (UnusableProviderException e) {
            LOG.errorf("ROS 2 is off cause=%s", e.getMessage());
            condition = new Condition(false, clock.instant(), e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            // The thread's edge: without the bridge the manager still manages. A library that is not what it was
            // compiled against is linked late.
            LOG.errorf(e, "ROS 2 cannot be joined");
            condition = new Condition(false, clock.instant(), "the bridge broke; the log says why");
        }
    }

    private void openIn(Duration delay) {
        try {
            opener.schedule(this::open, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("ROS 2 is not joined any more: the manager is stopping");
        }
    }

    private RosPort join() throws IOException, UnusableProviderException {
        RosPort made = opened();
        try {
            parts.forEach(part -> attach(part, made));
            return made;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    /** What the system does not let now is tried again, whichever way a library says so. */
    private RosPort opened() throws IOException, UnusableProviderException {
        try {
            return provider.open(namespace, NODE);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void attach(BridgePart part, RosPort port) {
        try {
            part.attach(port);
        } catch (ProblemException e) {
            LOG.warnf(
                    "ROS 2 goes without a part part=%s cause=%s",
                    part.getClass().getSimpleName(), e.problem().detail());
        }
    }

    public Condition condition() {
        return condition;
    }

    /** The manager's node, while there is one. */
    public Optional<RosPort> node() {
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
        Optional<RosPort> last = node;
        node = Optional.empty();
        condition = new Condition(false, clock.instant(), "the manager is stopping");
        if (last.isPresent()) {
            parts.forEach(BridgePart::detach);
            last.get().close();
        }
    }
}
