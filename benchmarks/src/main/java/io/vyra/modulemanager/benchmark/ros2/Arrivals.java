package io.vyra.modulemanager.benchmark.ros2;

import io.vyra.ros2.rtps.endpoint.ReceivedSample;
import io.vyra.ros2.rtps.participant.SampleListener;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts samples, for those who wait for them. */
final class Arrivals implements SampleListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private long expected;
    private long count;
    private long first;
    private long last;

    @Override
    public void sample(ReceivedSample sample) {
        long now = System.nanoTime();
        lock.lock();
        try {
            last = now;
            if (count++ == 0) {
                first = now;
            }
            if (count >= expected) {
                arrived.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void expect(long number) {
        lock.lock();
        try {
            expected = number;
            count = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the expected number. The result is how many came. */
    long await(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (count < expected && left > 0) {
                left = arrived.awaitNanos(left);
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** When the first came, as {@link System#nanoTime}. */
    long first() {
        return first;
    }

    /** How long it took from the first to the last, in nanoseconds. */
    long span() {
        return last - first;
    }
}
