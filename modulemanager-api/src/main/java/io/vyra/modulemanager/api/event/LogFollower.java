package io.vyra.modulemanager.api.event;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager.LogFollowing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lines of the logs one client follows, in a bounded queue; what does not fit is dropped and counted. Thread-safe.
 */
final class LogFollower implements AutoCloseable {
    /** Holds the longest tail that can be asked for. */
    private static final int CAPACITY = 6_000;

    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final List<LogFollowing> followings = new ArrayList<>();

    record Line(String moduleId, LogLine line) {}

    void offer(String moduleId, LogLine line) {
        if (!lines.offer(new Line(moduleId, line))) {
            dropped.incrementAndGet();
        }
    }

    void add(LogFollowing following) {
        followings.add(following);
    }

    boolean isEmpty() {
        return lines.isEmpty() && dropped.get() == 0;
    }

    List<Line> drain() {
        List<Line> drained = new ArrayList<>();
        lines.drainTo(drained);
        return drained;
    }

    long takeDropped() {
        return dropped.getAndSet(0);
    }

    @Override
    public void close() {
        followings.forEach(LogFollowing::close);
    }
}
