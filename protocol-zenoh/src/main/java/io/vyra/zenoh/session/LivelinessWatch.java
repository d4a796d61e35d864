package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import java.util.HashSet;
import java.util.Set;

/** One subscriber to liveliness. Used under the lock of {@link Liveliness}. */
final class LivelinessWatch {
    private final Subscriber subscriber;
    private final boolean wantsHistory;
    private final Set<KeyExpression> alive = new HashSet<>();

    LivelinessWatch(Subscriber subscriber, boolean wantsHistory) {
        this.subscriber = subscriber;
        this.wantsHistory = wantsHistory;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    boolean wantsHistory() {
        return wantsHistory;
    }

    void up(KeyExpression key) {
        if (subscriber.key().intersects(key) && alive.add(key)) {
            subscriber.delivery().offer(Sample.ofToken(key, Sample.Kind.PUT), false);
        }
    }

    void down(KeyExpression key) {
        // Without history, tokens from before are not known here, but their end is news.
        if (subscriber.key().intersects(key) && (alive.remove(key) || !wantsHistory)) {
            subscriber.delivery().offer(Sample.ofToken(key, Sample.Kind.DELETE), false);
        }
    }
}
