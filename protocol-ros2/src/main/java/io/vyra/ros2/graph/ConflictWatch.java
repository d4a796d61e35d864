package io.vyra.ros2.graph;

import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.participant.ParticipantListener;
import io.vyra.ros2.rtps.qos.QosPolicy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells of conflicts with names: nodes are told of after their endpoints, so it waits for a while. Of more than {@value #MOST} that come within that
 * while the rest is not told; {@link Graph#conflicts} has them all.
 */
final class ConflictWatch implements ParticipantListener {
    private static final System.Logger LOG = System.getLogger(ConflictWatch.class.getName());

    private static final int MOST = 1_000;

    private final Executor later = CompletableFuture.delayedExecutor(
            2,
            TimeUnit.SECONDS,
            task -> Thread.ofVirtual().name("ros2-conflict").start(task));
    private final Graph graph;
    private final Consumer<? super QosConflict> listener;
    private final Set<Pair> waiting = ConcurrentHashMap.newKeySet();

    private record Pair(Guid own, Guid other) {}

    ConflictWatch(Graph graph, Consumer<? super QosConflict> listener) {
        this.graph = graph;
        this.listener = listener;
    }

    @Override
    public void incompatible(Guid own, EndpointDescription other, Set<QosPolicy> policies) {
        Pair pair = new Pair(own, other.guid());
        // Only one thread adds, so that there are never more.
        if (waiting.size() >= MOST || !waiting.add(pair)) {
            return;
        }
        later.execute(() -> {
            waiting.remove(pair);
            try {
                graph.conflict(own, other.guid()).ifPresent(listener);
            } catch (RuntimeException e) {
                // The thread's edge.
                LOG.log(System.Logger.Level.WARNING, "A listener of conflicts failed", e);
            }
        });
    }
}
