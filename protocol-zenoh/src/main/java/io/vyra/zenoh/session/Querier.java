package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.WireExpression;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks for one key expression again and again: it travels as a number. Thread-safe. */
public final class Querier implements AutoCloseable {
    private final ZenohSession session;
    private final KeyExpression key;
    private final QueryOptions options;
    private final WireExpression wireKey;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    Querier(ZenohSession session, KeyExpression key, QueryOptions options, int scope) {
        this.session = session;
        this.key = key;
        this.options = options;
        this.wireKey = scope == 0 ? WireExpression.of(key.toString()) : new WireExpression(scope, "", true);
    }

    /** What it asks for. */
    public KeyExpression key() {
        return key;
    }

    /** Asks, as the options say. */
    public Replies get() {
        return get("", options);
    }

    /**
     * Asks.
     *
     * @param parameters the selector's part after the question mark, empty for nothing
     * @param callOptions instead of the querier's
     * @throws IllegalStateException when it is closed
     */
    public Replies get(String parameters, QueryOptions callOptions) {
        if (isClosed.get()) {
            throw new IllegalStateException("The querier of " + key + " is closed");
        }
        return session.queries().ask(new Selector(key, parameters), wireKey, callOptions);
    }

    /** The options it was declared with. */
    public QueryOptions options() {
        return options;
    }

    /** Asks nothing more; answers to earlier questions still come. */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true) && wireKey.scope() != 0) {
            session.declaredKeys().release(key);
        }
    }
}
