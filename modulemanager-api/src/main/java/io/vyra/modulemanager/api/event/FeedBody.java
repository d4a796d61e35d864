package io.vyra.modulemanager.api.event;

import io.vyra.modulemanager.feed.FeedEvent;
import java.time.Instant;

/** A feed entry as the API shows it. */
public record FeedBody(String id, Instant at, String kind, String moduleId, String message, String detail) {
    static FeedBody of(FeedEvent.Entry event) {
        return new FeedBody(
                String.valueOf(event.id()),
                event.at(),
                event.entry().kind().wire(),
                event.entry().moduleId(),
                event.entry().message(),
                event.entry().detail());
    }
}
