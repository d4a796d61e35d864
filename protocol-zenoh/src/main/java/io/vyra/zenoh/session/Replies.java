package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Consolidation;
import io.vyra.zenoh.message.Timestamp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The answers to a query, as they come. Closing it cancels the query. Thread-safe.
 *
 * <p>At most as many answers wait as a subscriber's queue holds; whoever sends more waits for a moment, then they are left out.
 */
public final class Replies implements AutoCloseable {
    /** How a query ended. */
    public enum End {
        /** Everybody answered who could. */
        COMPLETE,
        /** Not everybody did in time. */
        TIMED_OUT,
        /** It was closed. */
        CANCELLED,
        /** The connection was lost, or there was none. */
        CONNECTION_LOST
    }

    private final KeyExpression key;
    private final boolean acceptsAnyKey;
    private final Consolidation consolidation;
    private final int mostReplies;
    private final long patienceNanos;
    private final Runnable forget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Reply> waiting = new ArrayDeque<>();
    private final Map<KeyExpression, Reply.Success> newest = new LinkedHashMap<>();
    private int openSources;
    private long dropped;
    private End end;

    /**
     * @param sources how many may answer
     * @param forget is run once, when the query ends
     */
    Replies(
            Selector selector,
            Consolidation consolidation,
            int sources,
            int mostReplies,
            long patienceNanos,
            Runnable forget) {
        this.key = selector.key();
        this.acceptsAnyKey = selector.hasParameter("_anyke");
        this.consolidation = consolidation == Consolidation.AUTO
                ? selector.hasParameter("_time") ? Consolidation.NONE : Consolidation.LATEST
                : consolidation;
        this.openSources = sources;
        this.mostReplies = mostReplies;
        this.patienceNanos = patienceNanos;
        this.forget = forget;
    }

    /**
     * Waits for the next answer.
     *
     * @return the answer, or nothing when no more come; {@link #end} then says why
     */
    public Optional<Reply> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && end == null) {
                changed.await();
            }
            Reply reply = waiting.poll();
            if (reply != null) {
                changed.signalAll();
            }
            return Optional.ofNullable(reply);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for all answers. */
    public List<Reply> all() throws InterruptedException {
        List<Reply> all = new ArrayList<>();
        for (Optional<Reply> reply = next(); reply.isPresent(); reply = next()) {
            all.add(reply.get());
        }
        return all;
    }

    /** Waits for the first answer and cancels the rest. */
    public Optional<Reply> first() throws InterruptedException {
        try (this) {
            return next();
        }
    }

    /** How the query ended, or nothing while answers may still come. */
    public Optional<End> end() {
        lock.lock();
        try {
            return Optional.ofNullable(end);
        } finally {
            lock.unlock();
        }
    }

    /** How many answers were left out because nobody fetched those before. */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels the query: answers that still come are ignored, those that wait can be fetched. */
    @Override
    public void close() {
        finish(End.CANCELLED);
    }

    /** Takes an answer; whether it was wanted. */
    boolean accept(Reply reply) {
        lock.lock();
        try {
            if (end != null) {
                return false;
            }
            if (reply instanceof Reply.Success success) {
                if (!acceptsAnyKey && !key.intersects(success.sample().key())) {
                    return false;
                }
                if (consolidation != Consolidation.NONE && !isNewest(success)) {
                    return true;
                }
                if (consolidation == Consolidation.LATEST) {
                    return true;
                }
            }
            return enqueue(reply, patienceNanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Remembers it as its key's newest, if it is. */
    private boolean isNewest(Reply.Success reply) {
        KeyExpression replyKey = reply.sample().key();
        Reply.Success known = newest.get(replyKey);
        if (known == null) {
            if (newest.size() >= mostReplies) {
                dropped++;
                return false;
            }
            newest.put(replyKey, reply);
            return true;
        }
        Optional<Timestamp> before = known.sample().timestamp();
        Optional<Timestamp> now = reply.sample().timestamp();
        // Without timestamps the later one counts as newer.
        if (before.isPresent() && now.isPresent() && now.get().compareTo(before.get()) <= 0) {
            return false;
        }
        newest.put(replyKey, reply);
        return true;
    }

    private boolean enqueue(Reply reply, long patience) throws InterruptedException {
        long remaining = patience;
        while (waiting.size() >= mostReplies && end == null) {
            if (remaining <= 0) {
                dropped++;
                return false;
            }
            remaining = changed.awaitNanos(remaining);
        }
        waiting.add(reply);
        changed.signalAll();
        return true;
    }

    /** One of those who may answer has no more to say. */
    void sourceDone() {
        boolean isLast;
        lock.lock();
        try {
            isLast = --openSources == 0;
        } finally {
            lock.unlock();
        }
        if (isLast) {
            finish(End.COMPLETE);
        }
    }

    void finish(End why) {
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            end = why;
            if (consolidation == Consolidation.LATEST && why != End.CANCELLED) {
                waiting.addAll(newest.values());
            }
            newest.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        forget.run();
    }
}
