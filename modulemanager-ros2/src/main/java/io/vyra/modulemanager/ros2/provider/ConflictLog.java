package io.vyra.modulemanager.ros2.provider;

import io.vyra.ros2.graph.QosConflict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private final Map<QosConflict, Instant> told = new LinkedHashMap<>();

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
                + conflict.topic() + " publisher=" + conflict.publisher().orElse("unknown") + " subscription="
                + conflict.subscription().orElse("unknown") + " "
                + conflict.differences().stream()
                        .map(each -> "policy=" + each.policy() + " offered=" + each.offered() + " requested="
                                + each.requested())
                        .collect(Collectors.joining(", "))
                + ". Have the publisher offer what the subscription asks for, or the subscription ask for less");
    }

    private synchronized boolean isNew(QosConflict conflict) {
        Instant now = clock.instant();
        told.values().removeIf(at -> !at.plus(QUIET).isAfter(now));
        return told.size() < MOST && told.putIfAbsent(conflict, now) == null;
    }
}
