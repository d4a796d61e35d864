package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Who declared what of one kind. Used under the routing table's lock. */
final class Declared {
    /** A face may declare a key expression more than once. */
    private final KeyIndex<Map<Face, List<Traits>>> index = new KeyIndex<>();

    void add(Face face, KeyExpression key, Traits traits) {
        index.getOrAdd(key, LinkedHashMap::new)
                .computeIfAbsent(face, _ -> new ArrayList<>(1))
                .add(traits);
    }

    void remove(Face face, KeyExpression key, Traits traits) {
        Map<Face, List<Traits>> holders = index.get(key);
        if (holders == null) {
            return;
        }
        List<Traits> held = holders.get(face);
        if (held != null && held.remove(traits) && held.isEmpty()) {
            holders.remove(face);
            if (holders.isEmpty()) {
                index.remove(key);
            }
        }
    }

    boolean isEmpty() {
        return index.size() == 0;
    }

    /** What is said of exactly this key expression by all faces but one, or null when none of them declared it. */
    Traits at(KeyExpression key, Face except) {
        Map<Face, List<Traits>> holders = index.get(key);
        return holders == null ? null : merged(holders, except);
    }

    /**
     * What one declaration of this key expression may say for all that match it, or null when none does. It is complete only where one that
     * is has all its keys.
     */
    Traits matching(KeyExpression key, Face except) {
        Traits[] all = new Traits[1];
        index.forEachMatching(key, (each, holders) -> {
            Traits traits = merged(holders, except);
            if (traits != null) {
                all[0] = Traits.merged(all[0], each.includes(key) ? traits : traits.incomplete());
            }
        });
        return all[0];
    }

    private static Traits merged(Map<Face, List<Traits>> holders, Face except) {
        Traits all = null;
        for (Map.Entry<Face, List<Traits>> holder : holders.entrySet()) {
            if (holder.getKey() != except) {
                for (Traits traits : holder.getValue()) {
                    all = Traits.merged(all, traits);
                }
            }
        }
        return all;
    }

    /** Visits the faces that declared something that matches, with what is said of it; a face may be visited more than once. */
    void forEachHolder(KeyExpression key, BiConsumer<Face, Traits> visitor) {
        index.forEachMatching(
                key,
                (each, holders) -> holders.forEach((face, held) -> {
                    for (Traits traits : held) {
                        visitor.accept(face, each.includes(key) ? traits : traits.incomplete());
                    }
                }));
    }

    /** Visits the key expressions that match, or all for null. */
    void forEachKey(KeyExpression restriction, BiConsumer<KeyExpression, Map<Face, List<Traits>>> visitor) {
        if (restriction == null) {
            index.forEach(visitor);
        } else {
            index.forEachMatching(restriction, visitor);
        }
    }
}
