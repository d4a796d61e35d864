package io.vyra.zenoh.port;

import io.vyra.zenoh.session.Selector;
import java.util.Objects;

/**
 * What somebody asks.
 *
 * @param content what was sent along, empty for nothing
 */
public record Query(Selector selector, Content content) {
    public Query {
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(content, "content");
    }
}
