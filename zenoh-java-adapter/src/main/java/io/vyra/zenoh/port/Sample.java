package io.vyra.zenoh.port;

import io.vyra.zenoh.keyexpr.KeyExpression;
import java.util.Objects;

/**
 * A value that was published, or its end.
 *
 * @param isDeleted whether there is no value any more; the content then is empty but for its attachment
 */
public record Sample(KeyExpression key, boolean isDeleted, Content content) {
    public Sample {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(content, "content");
    }
}
