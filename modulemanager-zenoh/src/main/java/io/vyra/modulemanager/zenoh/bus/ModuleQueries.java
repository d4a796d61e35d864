package io.vyra.modulemanager.zenoh.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.zenoh.connection.BusConnection;
import io.vyra.modulemanager.zenoh.connection.TrafficMeter;
import io.vyra.modulemanager.zenoh.payload.BadPayloadException;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Consolidation;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.session.QueryOptions;
import io.vyra.zenoh.session.Replies;
import io.vyra.zenoh.session.Reply;
import io.vyra.zenoh.session.Selector;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a function of a module and takes the first reply, as VYRA's own clients do. Thread-safe, blocking.
 *
 * <p>An object is always sent along, an empty one at least: vyra_base's services do not answer a query without a payload.
 */
public final class ModuleQueries implements ModuleQuestions {
    private static final int LONGEST_MESSAGE = 1_024;

    private final BusConnection connection;
    private final JsonPayloads payloads;
    private final Refusals refusals;
    private final TrafficMeter traffic;

    public ModuleQueries(BusConnection connection, JsonPayloads payloads, Refusals refusals, TrafficMeter traffic) {
        this.connection = connection;
        this.payloads = payloads;
        this.refusals = refusals;
        this.traffic = traffic;
    }

    @Override
    public Answer ask(ModuleId module, String below, ObjectNode arguments, Duration timeout) {
        KeyExpression key = ModuleKeys.key(module, below);
        Optional<ZenohSession> session = connection.connected();
        if (session.isEmpty()) {
            return new Answer.Disconnected(connection.whyNot());
        }
        QueryOptions options = QueryOptions.DEFAULT
                .withTimeout(timeout)
                // The first reply at once, not the newest of all when all have answered.
                .withConsolidation(Consolidation.NONE)
                .withPayload(payloads.write(arguments), Encoding.BYTES);
        traffic.toModule(module);
        try (Replies replies = session.get().get(new Selector(key, ""), options)) {
            Optional<Reply> first = replies.next();
            if (first.isPresent()) {
                traffic.fromModule(module);
                return answer(key, first.get());
            }
            return ended(replies);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Disconnected("the wait for the answer was interrupted");
        }
    }

    private Answer ended(Replies replies) {
        return switch (replies.end().orElse(Replies.End.TIMED_OUT)) {
            case COMPLETE -> new Answer.Nobody();
            case TIMED_OUT -> new Answer.Late();
            case CONNECTION_LOST, CANCELLED ->
                new Answer.Disconnected("the connection broke while the answer was awaited");
        };
    }

    private Answer answer(KeyExpression key, Reply reply) {
        return switch (reply) {
            case Reply.Success success -> read(key, success.sample().payload());
            case Reply.Failure failure -> new Answer.Failed(words(failure.payload()));
        };
    }

    private Answer read(KeyExpression key, Bytes payload) {
        try {
            ObjectNode body = payloads.read(payload);
            JsonNode error = body.path("error");
            boolean isError = !error.isMissingNode()
                    && !error.isNull()
                    && !(error.isTextual() && error.asText().isEmpty());
            return isError
                    ? new Answer.Failed(shortened(error.isTextual() ? error.asText() : error.toString()))
                    : new Answer.Told(body);
        } catch (BadPayloadException e) {
            refusals.add(key.toString(), e.getMessage());
            return new Answer.Unreadable(e.getMessage());
        }
    }

    /** What an error reply says: text, or JSON with {@code error}, {@code detail} or {@code message}. */
    private String words(Bytes payload) {
        try {
            ObjectNode body = payloads.read(payload);
            for (String field : new String[] {"error", "detail", "message"}) {
                if (body.path(field).isTextual()) {
                    return shortened(body.path(field).asText());
                }
            }
        } catch (BadPayloadException e) {
            // Text, then.
        }
        return shortened(payload.size() <= LONGEST_MESSAGE ? payload.toText() : payload.size() + " bytes");
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return plain.length() <= LONGEST_MESSAGE ? plain : plain.substring(0, LONGEST_MESSAGE) + "…";
    }
}
