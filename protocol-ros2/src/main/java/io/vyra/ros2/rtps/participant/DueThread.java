package io.vyra.ros2.rtps.participant;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;

/**
 * The thread that does what is due, under the participant's lock, and parks in between without it: waiting on a condition of the lock would leave
 * an object behind each time, and what a writer asks for is mostly due long after it has been acknowledged.
 *
 * <p>Work that fails is done again a little later: without this thread nothing is announced, and others would take the participant for gone.
 */
final class DueThread {
    private static final System.Logger LOG = System.getLogger(DueThread.class.getName());

    /** So short that no lease ends meanwhile, and so long that work that always fails leaves time for others. */
    private static final long AGAIN = Duration.ofMillis(100).toNanos();

    private final ReentrantLock lock;
    private final LongUnaryOperator work;
    private final Thread thread;

    /** When it looks again, which is at once as long as it has not begun. Guarded by the lock. */
    private long wakeAt = Long.MIN_VALUE;

    /** Kinds of failures that the log has. Guarded by the lock; bounded by the places that can fail. */
    private final Set<String> logged = new HashSet<>();

    /** Guarded by the lock. */
    private long failures;

    private volatile boolean isClosed;

    /**
     * @param work is given the time, does what is due then, and says when the next is; both as {@link System#nanoTime}
     */
    DueThread(String name, ReentrantLock lock, LongUnaryOperator work) {
        this.lock = lock;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!isClosed) {
            long left = next() - System.nanoTime();
            if (left > 0) {
                // Who was faster to ask for an earlier time has unparked it already, so that it does not park.
                LockSupport.parkNanos(this, left);
            }
        }
    }

    private long next() {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (now >= wakeAt && !isClosed) {
                wakeAt = Long.MAX_VALUE;
                long next = workAt(now);
                // The work may have asked for something earlier itself.
                wakeAt = Math.min(wakeAt, next);
            }
            return wakeAt;
        } finally {
            lock.unlock();
        }
    }

    private long workAt(long now) {
        try {
            return work.applyAsLong(now);
        } catch (RuntimeException e) {
            // The thread's edge: an error of this library, by which the participant must not end.
            failures++;
            StackTraceElement[] trace = e.getStackTrace();
            if (logged.add(e.getClass().getName() + (trace.length == 0 ? "" : " " + trace[0]))) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "What was due in " + thread.getName()
                                + " failed and is tried again; further failures of this kind are only counted",
                        e);
            }
            return now + AGAIN;
        }
    }

    /** How often the work has failed. Whoever asks has the lock. */
    long failures() {
        return failures;
    }

    /** Has it look at that time at the latest. Whoever asks has the lock. */
    void wakeAt(long time) {
        if (time < wakeAt) {
            wakeAt = time;
            if (Thread.currentThread() != thread) {
                LockSupport.unpark(thread);
            }
        }
    }

    /** Ends it; what it is doing is done to the end. */
    void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }
}
