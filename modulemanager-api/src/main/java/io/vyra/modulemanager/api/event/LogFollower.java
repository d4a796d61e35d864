package io.vyra.modulemanager.api.event;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager.LogFollowing;
import io.vyra.modulemanager.feed.Subscription;
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
    private volatile Subscription reader;

    record Line(String moduleId, LogLine line) {}

    void offer(String moduleId, LogLine line) {
        if (!lines.offer(new Line(moduleId, line))) {
            dropped.incrementAndGet();
        }
        Subscription waiting = reader;
        if (waiting != null) {
            waiting.wake();
        }
    }

    /** From now on whoever waits for events of this subscription learns of lines, too. */
    void wakes(Subscription subscription) {
        reader = subscription;
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
