package io.vyra.module;

import io.vyra.module.json.JsonObject;
import io.vyra.module.json.MalformedJsonException;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.session.IncomingQuery;
import io.vyra.zenoh.session.Locality;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;

/** A module's place on the bus: everything it publishes and answers is below its own id. Thread-safe. */
final class Bus {
    private final ZenohSession session;
    private final String prefix;

    Bus(ZenohSession session, ModuleIdentity identity) {
        this.session = session;
        this.prefix = identity + "/";
    }

    /** Publishes without waiting: what does not fit is dropped, and what a router that is away would have carried, too. */
    void publish(String key, JsonObject message) {
        session.put(KeyExpression.of(prefix + key), Bytes.of(message.toString()), PublishOptions.DEFAULT);
    }

    /** Publishes what nobody tells again, and waits a moment for room. */
    void publishOnce(String key, JsonObject message) {
        session.put(KeyExpression.of(prefix + key), Bytes.of(message.toString()), PublishOptions.DEFAULT.blocking());
    }

    /** Answers calls of a function; an error is an answer {@code {"error":"…"}}, as VYRA's callers expect it. */
    void serve(String function, Function answer) {
        session.declareQueryable(
                KeyExpression.of(prefix + function), true, Locality.ANY, query -> answer(query, answer));
    }

    private static void answer(IncomingQuery query, Function function) {
        JsonObject answer;
        try {
            String text = query.payload().map(Bytes::toText).orElse("{}");
            answer = function.call(JsonObject.parse(text.isBlank() ? "{}" : text));
        } catch (MalformedJsonException e) {
            answer = JsonObject.of("error", "The arguments cannot be read. " + e.getMessage());
        } catch (Exception e) {
            // The edge of the module: whoever calls learns why there is no answer.
            answer = JsonObject.of("error", message(e));
        }
        query.reply(Bytes.of(answer.toString()));
    }

    static String message(Exception failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
