package io.vyra.module;

import io.vyra.module.json.JsonObject;

/** Something that takes its time: it tells how far it is, can be cancelled, and has a result. */
@FunctionalInterface
public interface Action {

    /**
     * Does it, on a thread of its own.
     *
     * @return the result
     * @throws Exception when it failed: the result is {@code {"success":false,"message":"…"}}
     * @throws InterruptedException when it was cancelled
     */
    JsonObject run(Goal goal) throws Exception;

    /** One run of an action. Thread-safe. */
    interface Goal {
        /** A random uuid. */
        String id();

        /** What the caller gave. */
        JsonObject arguments();

        /** Tells how far it is. */
        void feedback(JsonObject progress);
    }
}
