package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;

/** Receives the samples of a key expression, until it is closed. Thread-safe. */
public final class Subscriber implements AutoCloseable {
    private final int number;
    private final KeyExpression key;
    private final Locality origin;
    private final OrderedDelivery<Sample> delivery;
    private final Runnable undeclare;

    Subscriber(int number, KeyExpression key, Locality origin, OrderedDelivery<Sample> delivery, Runnable undeclare) {
        this.number = number;
        this.key = key;
        this.origin = origin;
        this.delivery = delivery;
        this.undeclare = undeclare;
    }

    /** What it receives. */
    public KeyExpression key() {
        return key;
    }

    /** How many samples were left out because the callback was too slow. */
    public long dropped() {
        return delivery.dropped();
    }

    /** Receives nothing more; what waits is dropped. A callback that runs may still end. */
    @Override
    public void close() {
        undeclare.run();
        delivery.close();
    }

    int number() {
        return number;
    }

    Locality origin() {
        return origin;
    }

    OrderedDelivery<Sample> delivery() {
        return delivery;
    }
}
