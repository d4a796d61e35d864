package io.vyra.modulemanager.zenoh.watch;

import io.vyra.modulemanager.module.LayerValue;

/** What a module said on one of its feeds. Which module, the key says, never the message. */
sealed interface FeedMessage {

    /** A layer has a value now; which layer, the value says. */
    record State(LayerValue value) implements FeedMessage {}

    /** @param type kind of news, may be empty */
    record News(String type, String message) implements FeedMessage {
        /** Said every few seconds, and of no interest to people. */
        boolean isHeartbeat() {
            return message.startsWith("heartbeat:");
        }
    }

    /** @param detail code and advice, may be empty */
    record Failure(String description, String detail) implements FeedMessage {}

    /** @param level as the module writes it, for example {@code WARNING} */
    record Log(String level, String message) implements FeedMessage {}
}
