package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.OutgoingPush;
import io.vyra.zenoh.wire.Bytes;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Publishes one key again and again: the key travels as a number, and sending allocates nothing. Thread-safe; several threads take turns.
 */
public final class Publisher implements AutoCloseable {
    private static final byte[] NO_SUFFIX = {};

    private final ZenohSession session;
    private final KeyExpression key;
    private final PublishOptions options;
    private final int scope;
    private final byte[] suffix;
    private final ReentrantLock turn = new ReentrantLock();
    private final OutgoingPush push = new OutgoingPush();
    private boolean isClosed;

    Publisher(ZenohSession session, KeyExpression key, PublishOptions options, int scope) {
        this.session = session;
        this.key = key;
        this.options = options;
        this.scope = scope;
        this.suffix = scope == 0 ? key.utf8() : NO_SUFFIX;
    }

    /** What it publishes. */
    public KeyExpression key() {
        return key;
    }

    /**
     * Publishes a value, with the attachment of the options.
     *
     * @return whether it was taken to be sent; if not it was dropped because the way is full or there is no connection
     */
    public boolean put(Bytes payload) {
        return put(payload, options.attachment());
    }

    /**
     * Publishes a value.
     *
     * @param attachment what is sent along, or null
     * @return see {@link #put(Bytes)}
     * @throws IllegalStateException when it is closed
     */
    public boolean put(Bytes payload, Bytes attachment) {
        turn.lock();
        try {
            requireOpen();
            push.put(
                    scope,
                    suffix,
                    options.qualityOfService(),
                    options.timestamp(),
                    options.encoding(),
                    null,
                    attachment,
                    payload);
            return session.publish(key, options, push, payload, attachment, Sample.Kind.PUT);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Publishes that there is no value any more.
     *
     * @return see {@link #put(Bytes)}
     */
    public boolean delete() {
        turn.lock();
        try {
            requireOpen();
            push.delete(scope, suffix, options.qualityOfService(), options.timestamp(), null, options.attachment());
            return session.publish(key, options, push, Bytes.EMPTY, options.attachment(), Sample.Kind.DELETE);
        } finally {
            turn.unlock();
        }
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("The publisher of " + key + " is closed");
        }
    }

    /** Publishes nothing more. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (!isClosed) {
                isClosed = true;
                if (scope != 0) {
                    session.declaredKeys().release(key);
                }
            }
        } finally {
            turn.unlock();
        }
    }
}
