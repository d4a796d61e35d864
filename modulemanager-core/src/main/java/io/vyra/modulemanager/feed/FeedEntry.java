package io.vyra.modulemanager.feed;

import java.util.Locale;

/**
 * An entry of a feed.
 *
 * @param kind     which feed
 * @param moduleId module it is about; the manager's own id for the manager itself
 * @param message  in words
 * @param detail   machine-readable detail, for example the new phase or a problem's code; may be empty
 */
public record FeedEntry(Kind kind, String moduleId, String message, String detail) {
    public enum Kind {
        NEWS,
        ERROR,
        STATE,
        /** What a module logs over its bus; what it writes to its output is in its log file. */
        LOG;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
