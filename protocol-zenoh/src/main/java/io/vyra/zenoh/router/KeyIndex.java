package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Values under key expressions, found by intersection. One without wild cards is found at once among its like, whatever their number; those
 * with wild cards are gone through. Not thread-safe.
 */
final class KeyIndex<V> {
    private final Map<KeyExpression, V> plain = new LinkedHashMap<>();
    private final Map<KeyExpression, V> wild = new LinkedHashMap<>();

    private Map<KeyExpression, V> half(KeyExpression key) {
        return key.isWild() ? wild : plain;
    }

    /** The value under exactly this expression, or null. */
    V get(KeyExpression key) {
        return half(key).get(key);
    }

    V getOrAdd(KeyExpression key, Supplier<V> value) {
        return half(key).computeIfAbsent(key, _ -> value.get());
    }

    void remove(KeyExpression key) {
        half(key).remove(key);
    }

    /** Visits the values whose expressions have a key in common with this one. */
    void forEachMatching(KeyExpression key, BiConsumer<KeyExpression, V> visitor) {
        if (key.isWild()) {
            visitMatching(plain, key, visitor);
        } else {
            V exact = plain.get(key);
            if (exact != null) {
                visitor.accept(key, exact);
            }
        }
        visitMatching(wild, key, visitor);
    }

    private static <V> void visitMatching(
            Map<KeyExpression, V> half, KeyExpression key, BiConsumer<KeyExpression, V> visitor) {
        half.forEach((each, value) -> {
            if (each.intersects(key)) {
                visitor.accept(each, value);
            }
        });
    }

    void forEach(BiConsumer<KeyExpression, V> visitor) {
        plain.forEach(visitor);
        wild.forEach(visitor);
    }

    int size() {
        return plain.size() + wild.size();
    }
}
