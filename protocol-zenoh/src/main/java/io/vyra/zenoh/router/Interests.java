package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.InterestSubject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What a face wants to hear of. Used under the routing table's lock. */
final class Interests {
    /**
     * One interest in what is to come.
     *
     * @param key to which it is restricted, or null
     */
    record Interest(InterestSubject subject, KeyExpression key) {
        /** Aggregation needs a key expression to aggregate to; tokens are told one by one (zenoh 1.x, {@code dispatcher/interests.rs}). */
        boolean isAggregate(Kind kind) {
            return subject.aggregate() && key != null && kind != Kind.TOKEN;
        }
    }

    private final Map<Integer, Interest> byNumber = new HashMap<>();
    private final KeyIndex<Set<Integer>> restricted = new KeyIndex<>();
    private final Set<Integer> unrestricted = new HashSet<>();

    int size() {
        return byNumber.size();
    }

    /** Adds an interest; gives the one that had this number, or null. */
    Interest put(int number, Interest interest) {
        Interest before = remove(number);
        byNumber.put(number, interest);
        if (interest.key() == null) {
            unrestricted.add(number);
        } else {
            restricted.getOrAdd(interest.key(), HashSet::new).add(number);
        }
        return before;
    }

    /** Ends an interest; gives it, or null. */
    Interest remove(int number) {
        Interest interest = byNumber.remove(number);
        if (interest != null && interest.key() == null) {
            unrestricted.remove(number);
        } else if (interest != null) {
            Set<Integer> alike = restricted.get(interest.key());
            alike.remove(number);
            if (alike.isEmpty()) {
                restricted.remove(interest.key());
            }
        }
        return interest;
    }

    /** Whether declarations of this kind and key expression are to be told as they are. */
    boolean wantsEach(Kind kind, KeyExpression key) {
        for (int number : unrestricted) {
            if (kind.isIn(byNumber.get(number).subject())) {
                return true;
            }
        }
        boolean[] wants = {false};
        restricted.forEachMatching(key, (_, numbers) -> {
            for (int number : numbers) {
                Interest interest = byNumber.get(number);
                wants[0] |= kind.isIn(interest.subject()) && !interest.isAggregate(kind);
            }
        });
        return wants[0];
    }

    /** Whether one declaration of exactly this key expression is to stand for all that match it. */
    boolean aggregatesTo(Kind kind, KeyExpression key) {
        Set<Integer> numbers = restricted.get(key);
        return numbers != null
                && numbers.stream().map(byNumber::get).anyMatch(it -> kind.isIn(it.subject()) && it.isAggregate(kind));
    }

    /** Visits the key expressions that stand for what is declared under this one. */
    void forEachAggregate(Kind kind, KeyExpression key, Consumer<KeyExpression> visitor) {
        restricted.forEachMatching(key, (each, _) -> {
            if (aggregatesTo(kind, each)) {
                visitor.accept(each);
            }
        });
    }
}
