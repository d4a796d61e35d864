package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.endpoint.Outbox;
import io.vyra.ros2.rtps.endpoint.RtpsWriter;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Writes samples for the threads of a program: waits for room and for acknowledgements, and pauses between the bursts of a large sample. What of it
 * is to be waited for is the {@link RtpsWriter}'s to say. Thread-safe, by the participant's lock.
 */
final class Transmission {
    private static final long ROOM_TIMEOUT = TimeUnit.SECONDS.toNanos(1);

    /** How long a writer waits for acknowledgements before it sends more than may fit into a reader's socket. */
    private static final long WINDOW_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long PAUSE = 200_000;

    private static final double FRACTIONS = 4294967296.0;

    private final ReentrantLock lock;
    private final Condition progress;
    private final Outbox outbox;
    private final BooleanSupplier isReceiving;
    private final Runnable requireOpen;

    /**
     * @param progress    of the lock; is signalled when something was acknowledged, among others
     * @param isReceiving whether the current thread is the one that acknowledgements come to
     * @param requireOpen fails when nothing is to be written any more
     */
    Transmission(
            ReentrantLock lock, Condition progress, Outbox outbox, BooleanSupplier isReceiving, Runnable requireOpen) {
        this.lock = lock;
        this.progress = progress;
        this.outbox = outbox;
        this.isReceiving = isReceiving;
        this.requireOpen = requireOpen;
    }

    /** The result is the sample's number, or 0 when there was no room in time. */
    long write(RtpsWriter writer, Slice payload, InlineQos inlineQos) {
        lock.lock();
        try {
            awaitWindow(writer);
            long left = ROOM_TIMEOUT;
            while ((!writer.hasRoom() || writer.isSending()) && left > 0) {
                left = progress.awaitNanos(left);
            }
            requireOpen.run();
            if (!writer.hasRoom() || writer.isSending()) {
                return 0;
            }
            long number = writer.begin(payload, inlineQos, timestamp(), false);
            send(writer);
            return number;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A reader that does not answer holds the writer up once for each window, not once for each sample. A listener does not wait at all: it is run
     * by the thread that acknowledgements come to.
     */
    private void awaitWindow(RtpsWriter writer) throws InterruptedException {
        if (isReceiving.getAsBoolean()) {
            return;
        }
        long left = WINDOW_TIMEOUT;
        while (!writer.hasWindow() && left > 0) {
            left = progress.awaitNanos(left);
        }
        if (!writer.hasWindow()) {
            writer.waiveWindow();
        }
    }

    /** Sends what was begun, with pauses in which the receivers empty their sockets, and others may do something here. */
    private void send(RtpsWriter writer) {
        boolean isInterrupted = false;
        while (writer.proceed()) {
            outbox.flush();
            isInterrupted |= !isInterrupted && !pause();
        }
        outbox.flush();
        progress.signalAll();
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The result is false when the thread was interrupted. */
    private boolean pause() {
        try {
            long left = PAUSE;
            while (left > 0) {
                left = progress.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Waits until every reliable reader has everything; the result is whether it has. */
    boolean awaitAcknowledged(RtpsWriter writer, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (!writer.isAcknowledged() && left > 0) {
                left = progress.awaitNanos(left);
            }
            return writer.isAcknowledged();
        } finally {
            lock.unlock();
        }
    }

    private static long timestamp() {
        Instant now = Instant.now();
        return now.getEpochSecond() << 32 | (long) (now.getNano() / 1e9 * FRACTIONS);
    }
}
