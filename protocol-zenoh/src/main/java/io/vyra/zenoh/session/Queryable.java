package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.EntityId;
import io.vyra.zenoh.message.Query;
import io.vyra.zenoh.wire.Bytes;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Answers queries for a key expression, until it is closed. Each query is answered on a virtual thread of its own, several at once.
 * Thread-safe.
 */
public final class Queryable implements AutoCloseable {
    private static final Bytes BUSY = Bytes.of("The queryable is busy with as many queries as it works on at once");

    private final EntityId id;
    private final KeyExpression key;
    private final boolean isComplete;
    private final Locality origin;
    private final Consumer<? super IncomingQuery> callback;
    private final Consumer<Throwable> failures;
    private final Semaphore slots;
    private final LongAdder refused = new LongAdder();
    private final Consumer<Queryable> undeclare;

    Queryable(
            EntityId id,
            KeyExpression key,
            boolean isComplete,
            Locality origin,
            Consumer<? super IncomingQuery> callback,
            Consumer<Throwable> failures,
            int slots,
            Consumer<Queryable> undeclare) {
        this.id = id;
        this.key = key;
        this.isComplete = isComplete;
        this.origin = origin;
        this.callback = callback;
        this.failures = failures;
        this.slots = new Semaphore(slots);
        this.undeclare = undeclare;
    }

    /** What it answers for. */
    public KeyExpression key() {
        return key;
    }

    /** Whether it has all values of its key expression. */
    public boolean isComplete() {
        return isComplete;
    }

    /** How many queries were answered with an error because it had too many at once. */
    public long refused() {
        return refused.sum();
    }

    /** Answers no more queries. */
    @Override
    public void close() {
        undeclare.accept(this);
    }

    int number() {
        return id.number();
    }

    Locality origin() {
        return origin;
    }

    void handle(Selector selector, Query query, AnswerSink sink) {
        IncomingQuery incoming = new IncomingQuery(selector, query, id, sink);
        if (!slots.tryAcquire()) {
            refused.increment();
            try (incoming) {
                incoming.replyError(BUSY, Encoding.TEXT_PLAIN);
            }
            return;
        }
        Thread.ofVirtual().name("zenoh-query").start(() -> run(incoming));
    }

    private void run(IncomingQuery incoming) {
        boolean isDeferred = false;
        try {
            callback.accept(incoming);
            isDeferred = incoming.isDeferred();
        } catch (Throwable e) { // The edge of this thread: whoever asked is told that there is no answer.
            failures.accept(e);
        } finally {
            slots.release();
            if (!isDeferred) {
                incoming.close();
            }
        }
    }
}
