package io.vyra.zenoh.port;

import io.vyra.zenoh.keyexpr.KeyExpression;
import java.util.Objects;

/** One answer to a query. */
public sealed interface Answer {
    /**
     * A value.
     *
     * @param key one that was asked for, without wild cards
     */
    record Value(KeyExpression key, Content content) implements Answer {
        public Value {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(content, "content");
        }
    }

    /** Why there is no value. Zenoh's error replies have no attachment, so that of the content does not travel. */
    record Refusal(Content content) implements Answer {
        public Refusal {
            Objects.requireNonNull(content, "content");
        }
    }
}
