package io.vyra.modulemanager.ros2.provider;

import io.vyra.ros2.graph.QosConflict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells in the log why messages do not come, although topic and type are right. Each conflict is told once in ten minutes, as a node that restarts
 * again and again has it each time; at most a hundred are told in that time. Thread-safe.
 */
final class ConflictLog implements Consumer<QosConflict> {
    static final Duration QUIET = Duration.ofMinutes(10);
    static final int MOST = 100;

    private final InstantSource clock;
    private final Consumer<String> warning;
    private final Map<Told, Instant> told = new LinkedHashMap<>();

    /** What makes a conflict the same again: a node that restarts has other endpoints, but the same mistake. */
    private record Told(
            String topic,
            Optional<String> publisher,
            Optional<String> subscription,
            List<QosConflict.Difference> differences) {}

    ConflictLog(InstantSource clock, Consumer<String> warning) {
        this.clock = clock;
        this.warning = warning;
    }

    @Override
    public void accept(QosConflict conflict) {
        if (!isNew(conflict)) {
            return;
        }
        warning.accept("ROS 2 topic carries nothing between two nodes, their quality of service does not fit topic="
                + conflict.topic() + " publisher=" + conflict.publisher().node().orElse("unknown") + " subscription="
                + conflict.subscription().node().orElse("unknown") + " "
                + conflict.differences().stream()
                        .map(each -> "policy=" + each.policy() + " offered=" + each.offered() + " requested="
                                + each.requested())
                        .collect(Collectors.joining(", "))
                + ". Have the publisher offer what the subscription asks for, or the subscription ask for less");
    }

    private static Told key(QosConflict conflict) {
        return new Told(
                conflict.topic(),
                conflict.publisher().node(),
                conflict.subscription().node(),
                conflict.differences());
    }

    private synchronized boolean isNew(QosConflict conflict) {
        Instant now = clock.instant();
        told.values().removeIf(at -> !at.plus(QUIET).isAfter(now));
        return told.size() < MOST && told.putIfAbsent(key(conflict), now) == null;
    }
}
