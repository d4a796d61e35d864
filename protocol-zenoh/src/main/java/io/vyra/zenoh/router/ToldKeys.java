package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.WireExpression;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The numbers that a face's peer was given for key expressions which are published to it again and again, so that they are not written out
 * each time. A number is good for as long as the face is there. Thread-safe.
 */
final class ToldKeys {
    private static final int MOST = 1_024;

    private final Predicate<NetworkMessage> teller;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<KeyExpression, Integer> numbers = new HashMap<>();

    /** @param teller sends the peer a message ahead of all that is published to it later, at once or not at all; whether it did */
    ToldKeys(Predicate<NetworkMessage> teller) {
        this.teller = teller;
    }

    /** The number of a key expression, 0 for none. */
    int numberOf(KeyExpression key) {
        lock.lock();
        try {
            return numbers.getOrDefault(key, 0);
        } finally {
            lock.unlock();
        }
    }

    /** Gives a key expression a number, if there is one left and the peer can be told now; the number, or 0. */
    int tell(KeyExpression key) {
        lock.lock();
        try {
            int known = numbers.getOrDefault(key, 0);
            if (known != 0 || numbers.size() >= MOST) {
                return known;
            }
            int number = numbers.size() + 1;
            Declaration declaration = new Declaration.KeyExpressionDeclared(number, WireExpression.of(key.toString()));
            if (!teller.test(NetworkMessage.Declare.of(declaration))) {
                return 0;
            }
            numbers.put(key, number);
            return number;
        } finally {
            lock.unlock();
        }
    }
}
