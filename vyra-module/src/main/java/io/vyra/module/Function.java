package io.vyra.module;

import io.vyra.module.json.JsonObject;

/** What a module does when it is called, on a thread of the call's own. */
@FunctionalInterface
public interface Function {

    /**
     * Answers a call.
     *
     * @param arguments what the caller gave, may be empty
     * @return the answer
     * @throws Exception when there is none: the caller gets the message as {@code {"error":"…"}}
     */
    JsonObject call(JsonObject arguments) throws Exception;
}
