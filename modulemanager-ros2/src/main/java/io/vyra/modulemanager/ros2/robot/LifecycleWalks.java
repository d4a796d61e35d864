package io.vyra.modulemanager.ros2.robot;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Walks the managed nodes of modules: configured and activated once for each start of the process, in the order of the manifest; deactivated
 * and cleaned up before the process ends, in the reverse order. A node that leaves its state later is not pushed back: somebody may have
 * wanted that, and the probe tells of it. Thread-safe.
 */
public final class LifecycleWalks implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LifecycleWalks.class);
    private static final Duration UP = Duration.ofSeconds(60);
    /** For all nodes of a module; the process is ended after that, whatever they say. */
    private static final Duration DOWN = Duration.ofSeconds(10);
    /** How far two looks at one process's age may differ. */
    private static final Duration SAME_START = Duration.ofSeconds(1);

    private final LifecycleNodes nodes;
    private final NodeOwners owners;
    private final InstantSource clock;
    private final Map<ModuleId, Walk> walks = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param result why it did not arrive, or empty */
    private record Walk(Instant processStart, CompletableFuture<Optional<String>> result) {}

    public LifecycleWalks(LifecycleNodes nodes, NodeOwners owners, InstantSource clock) {
        this.nodes = nodes;
        this.owners = owners;
        this.clock = clock;
    }

    /**
     * What keeps the managed nodes of a module from being active; empty when they are. Begins the walk of a process that has not had one.
     *
     * @param uptime of the module's process
     */
    Optional<String> obstacle(ModuleId module, List<String> managed, Duration uptime, Duration timeout)
            throws InterruptedException {
        if (threads.isShutdown()) {
            return Optional.of("the manager is stopping");
        }
        Instant start = clock.instant().minus(uptime);
        Walk walk = walks.compute(module, (_, known) -> isOf(known, start) ? known : begin(module, managed, start));
        if (!walk.result().isDone()) {
            return Optional.of("its nodes with a lifecycle are being activated");
        }
        Optional<String> failure = walk.result().join();
        if (failure.isPresent()) {
            // The next probe begins a new walk: what was in the way may be gone.
            walks.remove(module, walk);
            return failure;
        }
        for (String node : managed) {
            Optional<LifecycleState> state = nodes.state(node, timeout);
            if (!state.equals(Optional.of(LifecycleState.ACTIVE))) {
                return Optional.of(
                        state.map(it -> node + " is " + it.text()).orElse(node + " does not say in which state it is"));
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(Walk walk, Instant processStart) {
        return walk != null
                && Duration.between(walk.processStart(), processStart).abs().compareTo(SAME_START) <= 0;
    }

    private Walk begin(ModuleId module, List<String> managed, Instant start) {
        return new Walk(start, CompletableFuture.supplyAsync(() -> up(module, managed), threads));
    }

    private Optional<String> up(ModuleId module, List<String> managed) {
        try {
            for (String node : managed) {
                Optional<String> failure = nodes.activate(node, UP);
                if (failure.isPresent()) {
                    LOG.warnf("Nodes not activated module=%s cause=%s", module, failure.get());
                    return failure;
                }
            }
            LOG.infof("Nodes activated module=%s nodes=%s", module, managed);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the manager is stopping");
        } catch (RuntimeException e) {
            // The thread's edge.
            LOG.errorf(e, "Nodes not activated module=%s", module);
            return Optional.of("its nodes could not be activated: " + e);
        }
    }

    /** Takes the managed nodes of a module down, within ten seconds. Never fails. */
    public CompletableFuture<Void> prepareToStop(ModuleId module) {
        walks.remove(module);
        List<String> managed = owners.of(module).map(Probe.RosNodes::lifecycle).orElse(List.of());
        return managed.isEmpty() || threads.isShutdown()
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> down(module, managed.reversed()), threads);
    }

    private void down(ModuleId module, List<String> managed) {
        long deadline = System.nanoTime() + DOWN.toNanos();
        try {
            for (String node : managed) {
                nodes.cleanUp(node, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))
                        .ifPresent(failure -> LOG.warnf("Node not cleaned up module=%s cause=%s", module, failure));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The thread's edge: the process is ended all the same.
            LOG.errorf(e, "Nodes not cleaned up module=%s", module);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
