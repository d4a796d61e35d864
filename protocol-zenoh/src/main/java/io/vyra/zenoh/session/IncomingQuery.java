package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Answer;
import io.vyra.zenoh.message.Consolidation;
import io.vyra.zenoh.message.Datum;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.EntityId;
import io.vyra.zenoh.message.Query;
import io.vyra.zenoh.wire.Bytes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A query that a queryable answers, with any number of replies, or errors. It ends when the callback returns, or, if the callback
 * {@linkplain #defer deferred} it, when it is closed. Thread-safe.
 */
public final class IncomingQuery implements AutoCloseable {
    private final Selector selector;
    private final Query query;
    private final EntityId responder;
    private final AnswerSink sink;
    private final AtomicBoolean isDone = new AtomicBoolean();
    private volatile boolean isDeferred;

    IncomingQuery(Selector selector, Query query, EntityId responder, AnswerSink sink) {
        this.selector = selector;
        this.query = query;
        this.responder = responder;
        this.sink = sink;
    }

    /** Which keys are asked for, and how. */
    public Selector selector() {
        return selector;
    }

    /** Which keys are asked for. */
    public KeyExpression key() {
        return selector.key();
    }

    /** What was sent along, if anything. */
    public Optional<Bytes> payload() {
        return query.body() == null
                ? Optional.empty()
                : Optional.of(query.body().payload());
    }

    /** What the payload is. */
    public Encoding encoding() {
        return query.body() == null ? Encoding.BYTES : query.body().encoding();
    }

    /** What else was sent along, if anything. */
    public Optional<Bytes> attachment() {
        return Optional.ofNullable(query.attachment());
    }

    /**
     * The number, 32 bits unsigned, under which the router asked this; nothing when this session did. The router chose it, so it may know by
     * it who asked.
     */
    public OptionalInt requestNumber() {
        return sink.requestNumber();
    }

    /** Answers with a value under the key that was asked for, which must not have wild cards. */
    public boolean reply(Bytes payload) {
        return reply(key(), payload, PublishOptions.DEFAULT);
    }

    /**
     * Answers with a value.
     *
     * @param key one of those asked for
     * @param options encoding, attachment and timestamp count
     * @return whether it was taken to be sent
     * @throws IllegalArgumentException when the key was not asked for
     * @throws IllegalStateException when the query ended
     */
    public boolean reply(KeyExpression key, Bytes payload, PublishOptions options) {
        requireAskedFor(key);
        return answer(
                key,
                new Answer.Reply(
                        Consolidation.AUTO,
                        new Datum.Put(options.timestamp(), options.encoding(), null, options.attachment(), payload)));
    }

    /** Answers that there is no value any more; see {@link #reply(KeyExpression, Bytes, PublishOptions)}. */
    public boolean replyDelete(KeyExpression key, PublishOptions options) {
        requireAskedFor(key);
        return answer(
                key,
                new Answer.Reply(
                        Consolidation.AUTO, new Datum.Delete(options.timestamp(), null, options.attachment())));
    }

    /** Answers why there is no value. */
    public boolean replyError(Bytes payload, Encoding encoding) {
        return answer(key(), new Answer.Failure(encoding, null, payload));
    }

    private void requireAskedFor(KeyExpression key) {
        if (!key().intersects(key) && !selector.hasParameter("_anyke")) {
            throw new IllegalArgumentException("The query asks for " + key() + ", so " + key + " is no answer to it");
        }
    }

    private boolean answer(KeyExpression key, Answer answer) {
        if (isDone.get()) {
            throw new IllegalStateException("The query for " + key() + " ended: defer it to answer after the callback");
        }
        return sink.answer(key, answer, responder);
    }

    /** Keeps the query open after the callback, until it is closed. Whoever asks gives up after a time of its own. */
    public IncomingQuery defer() {
        isDeferred = true;
        return this;
    }

    boolean isDeferred() {
        return isDeferred;
    }

    /** Ends the query: no more answers follow. */
    @Override
    public void close() {
        if (isDone.compareAndSet(false, true)) {
            sink.done();
        }
    }
}
