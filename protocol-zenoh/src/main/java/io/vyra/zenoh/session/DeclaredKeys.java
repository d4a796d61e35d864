package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.CongestionControl;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.NetworkMessage.Declare;
import io.vyra.zenoh.message.Priority;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.WireExpression;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The numbers that this session gave to key expressions. Changed under the connection's lock; looked up by anybody. */
final class DeclaredKeys {
    private static final int LARGEST = 0xffff;

    private static final class Entry {
        private final int number;
        private int users = 1;

        Entry(int number) {
            this.number = number;
        }
    }

    private final Connection connection;
    private final Map<KeyExpression, Entry> entries = new HashMap<>();
    private final Map<Integer, String> texts = new ConcurrentHashMap<>();
    private int last;

    DeclaredKeys(Connection connection) {
        this.connection = connection;
    }

    /** What a number stands for, or null. */
    String text(int number) {
        return texts.get(number);
    }

    /** Gives a key expression a number, or 0 when none is left: then it is to be written out. */
    int acquire(KeyExpression key) {
        int[] number = {0};
        connection.declare(() -> {
            Entry entry = entries.get(key);
            if (entry != null) {
                entry.users++;
                number[0] = entry.number;
            } else if (entries.size() < LARGEST) {
                number[0] = next();
                entries.put(key, new Entry(number[0]));
                texts.put(number[0], key.toString());
                connection.declare(() -> {}, declaration(number[0], key));
            }
        });
        return number[0];
    }

    private int next() {
        do {
            last = last == LARGEST ? 1 : last + 1;
        } while (texts.containsKey(last));
        return last;
    }

    /** One user less; the last one's end is the number's. */
    void release(KeyExpression key) {
        connection.declare(() -> {
            Entry entry = entries.get(key);
            if (entry != null && --entry.users == 0) {
                entries.remove(key);
                texts.remove(entry.number);
                // Behind all that was published with this number, whatever its priority.
                QualityOfService last = QualityOfService.of(Priority.BACKGROUND, CongestionControl.BLOCK, false);
                connection.declare(
                        () -> {},
                        new Declare(null, last, null, 0, new Declaration.KeyExpressionUndeclared(entry.number)));
            }
        });
    }

    void declareAll(Consumer<NetworkMessage> sender) {
        entries.forEach((key, entry) -> sender.accept(declaration(entry.number, key)));
    }

    private static Declare declaration(int number, KeyExpression key) {
        return Declare.of(new Declaration.KeyExpressionDeclared(number, WireExpression.of(key.toString())));
    }
}
