package io.vyra.zenoh.transport;

import io.vyra.zenoh.link.Link;
import io.vyra.zenoh.message.CloseReason;
import io.vyra.zenoh.message.CongestionControl;
import io.vyra.zenoh.message.Outgoing;
import io.vyra.zenoh.message.Priority;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.TransportCodec;
import io.vyra.zenoh.message.TransportMessage;
import io.vyra.zenoh.wire.CapacityExceededException;
import io.vyra.zenoh.wire.WireWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sending half of a transport. Senders put messages into batches, one open for each priority; a thread writes them, the most urgent
 * first. Where nothing was written for a moment, or the message is express, the sender tries to write at once, which spares it the wait
 * for that thread; under load batches fill by themselves. Thread-safe.
 *
 * <p>Memory is bounded by the number of batches that may wait. A sender that finds no room waits: one that may drop for a moment, one that
 * blocks up to its deadline.
 */
final class Transmitter {
    /** Who sends less often than this is written through. */
    private static final long QUIET_NANOS = 15_000;

    /** How long a message in fragments that may be dropped waits for each batch. */
    private static final long FRAGMENT_WAIT_NANOS = 50_000_000;

    /** Batches that are kept when nothing was written for a while. */
    private static final int POOLED = 4;

    private final Link link;
    private final TransportSettings settings;
    private final Negotiated negotiated;
    private final Lane[] lanes;
    private final FragmentWriter fragments;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition ended = lock.newCondition();
    private final ArrayDeque<Batch> pool = new ArrayDeque<>(POOLED);
    private Batch unfinished;
    private boolean isWriting;
    private boolean isWriterWaiting;
    private boolean isKeepAliveDue;
    private CloseReason closing;
    private boolean isGoodbyeSaid;
    private boolean isClosed;
    private long lastWrite = System.nanoTime();
    private long sentMessages;
    private long sentBytes;
    private long dropped;

    Transmitter(Link link, TransportSettings settings, Negotiated negotiated) {
        this.link = link;
        this.settings = settings;
        this.negotiated = negotiated;
        this.fragments = new FragmentWriter(negotiated.batchSize(), negotiated.marksFragments());
        Priority[] priorities = Priority.values();
        if (negotiated.hasPriorities()) {
            lanes = new Lane[priorities.length];
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = new Lane(priorities[i], negotiated.sequenceMask(), negotiated.firstSent());
            }
        } else {
            lanes = new Lane[] {new Lane(Priority.DATA, negotiated.sequenceMask(), negotiated.firstSent())};
        }
    }

    /** See {@link Transport#send}. */
    boolean send(Outgoing message, boolean reliable, Duration blockingTimeout) throws InterruptedException {
        QualityOfService quality = message.qualityOfService();
        Lane lane = lanes[negotiated.hasPriorities() ? quality.priority().ordinal() : 0];
        boolean mayDrop = quality.congestionControl() == CongestionControl.DROP;
        Batch atOnce = null;
        lock.lockInterruptibly();
        try {
            if (isClosed || closing != null) {
                return false;
            }
            long patience = mayDrop ? settings.dropWait().toNanos() : blockingTimeout.toNanos();
            if (!enqueue(lane, message, reliable, patience, mayDrop)) {
                if (!isClosed) {
                    dropped++;
                }
                return false;
            }
            sentMessages++;
            if (!isWriting && (quality.express() || System.nanoTime() - lastWrite > QUIET_NANOS)) {
                atOnce = take();
                isWriting = atOnce != null;
            }
            if (atOnce == null) {
                wakeWriter();
            }
        } finally {
            lock.unlock();
        }
        if (atOnce != null) {
            tryWrite(atOnce);
        }
        return true;
    }

    /** Puts the message into the lane's open batch, or the next one, or in parts into several. */
    private boolean enqueue(Lane lane, Outgoing message, boolean reliable, long patience, boolean mayDrop)
            throws InterruptedException {
        long remaining = patience;
        while (true) {
            if (lane.isFragmenting || (lane.open() == null && lane.waiting() >= settings.queuedBatches())) {
                wakeWriter();
                if (remaining <= 0) {
                    return false;
                }
                lane.waitingSenders++;
                try {
                    remaining = room.awaitNanos(remaining);
                } finally {
                    lane.waitingSenders--;
                }
                if (isClosed) {
                    return false;
                }
                continue;
            }
            if (lane.open() == null) {
                lane.open(fromPool());
            }
            if (lane.open().add(lane, reliable, message)) {
                return true;
            }
            if (lane.open().isEmpty()) {
                return fragment(lane, message, reliable, mayDrop ? FRAGMENT_WAIT_NANOS : remaining, mayDrop);
            }
            lane.seal();
            wakeWriter();
        }
    }

    private boolean fragment(Lane lane, Outgoing message, boolean reliable, long patience, boolean mayDrop)
            throws InterruptedException {
        WireWriter whole = new WireWriter(settings.largestMessage());
        try {
            message.write(whole);
        } catch (CapacityExceededException e) {
            throw new IllegalArgumentException(
                    "The message is larger than the largest that is sent, " + settings.largestMessage() + " bytes", e);
        }
        lane.isFragmenting = true;
        try {
            long remaining = patience;
            int offset = 0;
            while (offset < whole.position()) {
                while (lane.open() == null && lane.waiting() >= settings.queuedBatches()) {
                    wakeWriter();
                    if (remaining > 0) {
                        remaining = room.awaitNanos(remaining);
                    }
                    if (isClosed || remaining <= 0) {
                        if (offset > 0 && !isClosed) {
                            // One batch more than allowed may wait for that.
                            lane.open(fromPool());
                            fragments.abandon(lane, reliable);
                            wakeWriter();
                        }
                        return false;
                    }
                }
                if (lane.open() == null) {
                    lane.open(fromPool());
                }
                offset = fragments.add(lane, reliable, whole, offset);
                wakeWriter();
                // Each batch that gets through renews the patience of who may drop; a deadline is one for all.
                remaining = mayDrop ? FRAGMENT_WAIT_NANOS : remaining;
            }
            return true;
        } finally {
            lane.isFragmenting = false;
            room.signalAll();
        }
    }

    private Batch fromPool() {
        // The last one that was given back is the one most likely to be in the processor's cache.
        Batch batch = pool.pollLast();
        return batch == null ? new Batch(negotiated.batchSize()) : batch;
    }

    private void toPool(Batch batch) {
        // Anew, each batch would grow and be copied until it is as large as the one that was thrown away.
        if (pool.size() < Math.max(POOLED, settings.queuedBatches())) {
            batch.clear();
            pool.add(batch);
        }
        if (isRoomy()) {
            room.signalAll();
        }
    }

    /** Room for several batches where senders wait: they are not woken for each, which would cost more than to fill it. */
    private boolean isRoomy() {
        int few = settings.queuedBatches() - Math.max(1, settings.queuedBatches() / 4);
        for (Lane lane : lanes) {
            if (lane.isFragmenting || (lane.waitingSenders > 0 && lane.waiting() <= few)) {
                return true;
            }
        }
        return false;
    }

    /** What is to be written next, or null. */
    private Batch take() {
        if (unfinished != null) {
            Batch batch = unfinished;
            unfinished = null;
            return batch;
        }
        for (Lane lane : lanes) {
            Batch batch = lane.take();
            if (batch != null) {
                batch.toSend();
                return batch;
            }
        }
        return null;
    }

    private boolean hasSomething() {
        if (unfinished != null) {
            return true;
        }
        for (Lane lane : lanes) {
            if (lane.hasSomething()) {
                return true;
            }
        }
        return false;
    }

    private void wakeWriter() {
        if (isWriterWaiting && !isWriting) {
            isWriterWaiting = false;
            work.signal();
        }
    }

    private void tryWrite(Batch batch) {
        IOException failure = null;
        int written = 0;
        try {
            written = link.tryWrite(batch.unsent());
        } catch (IOException e) {
            failure = e;
        }
        lock.lock();
        try {
            isWriting = false;
            lastWrite = System.nanoTime();
            sentBytes += written;
            if (failure != null) {
                fail();
            } else if (batch.unsent().hasRemaining()) {
                unfinished = batch;
            } else {
                toPool(batch);
            }
            if (closing != null || hasSomething()) {
                wakeWriter();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The writing thread. Ends when the transport does. */
    void run() {
        try {
            while (true) {
                Batch batch = next();
                if (batch == null) {
                    return;
                }
                int size = batch.unsent().remaining();
                link.write(batch.unsent());
                lock.lock();
                try {
                    isWriting = false;
                    lastWrite = System.nanoTime();
                    sentBytes += size;
                    toPool(batch);
                } finally {
                    lock.unlock();
                }
            }
        } catch (IOException e) {
            // The reading thread finds out as well, and says so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.lock();
            try {
                isWriting = false;
                fail();
            } finally {
                lock.unlock();
            }
            // Lets the reading thread go as well.
            link.close();
        }
    }

    /** Waits for something to write; null when the transport is closed and all is written. */
    private Batch next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (isClosed) {
                    return null;
                }
                Batch batch = isWriting ? null : take();
                if (batch == null && !isWriting && closing != null) {
                    if (isGoodbyeSaid) {
                        return null;
                    }
                    isGoodbyeSaid = true;
                    batch = alone(new TransportMessage.Close(closing, true));
                    batch.toSend();
                }
                if (batch == null && !isWriting && isKeepAliveDue) {
                    batch = alone(new TransportMessage.KeepAlive());
                    batch.toSend();
                }
                if (batch != null) {
                    isKeepAliveDue = false;
                    isWriting = true;
                    return batch;
                }
                isWriterWaiting = true;
                work.await();
                isWriterWaiting = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private Batch alone(TransportMessage message) {
        Batch batch = fromPool();
        TransportCodec.write(batch.writer(), message);
        return batch;
    }

    /** Sees to it that the peer hears something, unless it just did. */
    void keepAlive(long periodNanos) {
        lock.lock();
        try {
            if (System.nanoTime() - lastWrite >= periodNanos / 2) {
                isKeepAliveDue = true;
                wakeWriter();
                // Not as soon as the writer has caught up: in a stream it does so again and again, and new batches have
                // to grow.
                while (pool.size() > POOLED) {
                    pool.pollFirst();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, says goodbye, and waits for that; whether there was time enough. */
    boolean close(CloseReason reason, Duration timeout) {
        lock.lock();
        try {
            if (!isClosed && closing == null) {
                closing = reason;
                wakeWriter();
            }
            long remaining = timeout.toNanos();
            while (!isClosed && remaining > 0) {
                remaining = ended.awaitNanos(remaining);
            }
            return isClosed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it at once: senders and the writing thread are let go. */
    void abort() {
        lock.lock();
        try {
            fail();
        } finally {
            lock.unlock();
        }
    }

    private void fail() {
        isClosed = true;
        isWriterWaiting = false;
        work.signalAll();
        room.signalAll();
        ended.signalAll();
    }

    /** Counters of this half; the others are zero. */
    TransportCounters counters() {
        lock.lock();
        try {
            return new TransportCounters(sentMessages, sentBytes, dropped, 0, 0, 0);
        } finally {
            lock.unlock();
        }
    }
}
