package io.vyra.modulemanager.zenoh.bus;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What came of asking a module. */
public sealed interface Answer {

    /** It answered. */
    record Told(ObjectNode body) implements Answer {}

    /** It answered with an error: in an error reply, or with {@code {"error": …}} in an ordinary one, as vyra_base does. */
    record Failed(String message) implements Answer {}

    /** It answered with something that is no JSON object, or too large. */
    record Unreadable(String why) implements Answer {}

    /** Nobody on the bus serves the function now. */
    record Nobody() implements Answer {}

    /** Somebody serves it, but did not answer in time; whether it was done is not known. */
    record Late() implements Answer {}

    /** There is no connection, or it broke while the answer was awaited; whether it was done is not known. */
    record Disconnected(String why) implements Answer {}
}
