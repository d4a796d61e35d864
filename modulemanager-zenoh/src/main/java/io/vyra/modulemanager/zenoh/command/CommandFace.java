package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.problem.Unforeseen;
import io.vyra.modulemanager.zenoh.connection.BusPart;
import io.vyra.modulemanager.zenoh.payload.BadPayloadException;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.session.IncomingQuery;
import io.vyra.zenoh.session.Locality;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.Queryable;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Answers {@code {id}/api/**}: documents in replies, problems ({@code application/problem+json}) in error replies. Thread-safe.
 */
public final class CommandFace implements BusPart {
    private static final Logger LOG = Logger.getLogger(CommandFace.class);
    private static final Encoding PROBLEM = Encoding.of("application/problem+json");

    private final ModuleId self;
    private final ApiCatalog catalog;
    private final Documents documents = new Documents();
    private final Function<IncomingQuery, Caller> callers;
    private final JsonPayloads payloads;
    private final Refusals refusals;
    private Optional<Queryable> queryable = Optional.empty();

    /** @param callers tells as whom a query is asked */
    public CommandFace(
            ApiGround ground, Function<IncomingQuery, Caller> callers, JsonPayloads payloads, Refusals refusals) {
        this.self = ground.manager().self();
        this.catalog = new ApiCatalog(ground);
        this.callers = callers;
        this.payloads = payloads;
        this.refusals = refusals;
    }

    @Override
    public synchronized void attach(ZenohSession session) {
        KeyExpression all = KeyExpression.of(self + "/api/**");
        queryable = Optional.of(session.declareQueryable(all, true, Locality.ANY, this::answer));
    }

    @Override
    public synchronized void detach() {
        queryable.ifPresent(Queryable::close);
        queryable = Optional.empty();
    }

    private void answer(IncomingQuery query) {
        Outcome outcome = answer(query.key(), query.payload().orElse(Bytes.EMPTY), callers.apply(query));
        if (outcome.isProblem()) {
            query.replyError(payloads.write(outcome.body()), PROBLEM);
        } else {
            query.reply(
                    query.key(),
                    payloads.write(outcome.body()),
                    PublishOptions.DEFAULT.withEncoding(Encoding.JSON).blocking());
        }
    }

    /** @param isProblem whether the body says why there is no answer */
    record Outcome(JsonNode body, boolean isProblem) {}

    /** Never throws because of what was sent. */
    Outcome answer(KeyExpression key, Bytes payload, Caller caller) {
        try {
            if (key.isWild()) {
                throw new ProblemException(
                        ProblemType.INVALID_REQUEST,
                        "The key " + key + " has wild cards, which no request under api/ may have.");
            }
            List<String> path = key.chunks().subList(2, key.chunks().size());
            if (path.isEmpty()) {
                throw new ProblemException(ProblemType.NOT_FOUND, "There is nothing at " + key + ".");
            }
            return new Outcome(catalog.answer(path, new Request(caller, payloads.readOrEmpty(payload))), false);
        } catch (ProblemException e) {
            return problem(key, e.problem());
        } catch (BadPayloadException e) {
            refusals.add(key.toString(), e.getMessage());
            return problem(
                    key,
                    new Problem(ProblemType.MALFORMED_REQUEST, "The payload cannot be read: " + e.getMessage() + "."));
        } catch (RuntimeException e) {
            // A request's edge: who asked gets a problem with an id, the log has the stack under it.
            Unforeseen unforeseen = Unforeseen.failure();
            LOG.errorf(e, "Request broke key=%s trace_id=%s", key, unforeseen.traceId());
            Outcome outcome = problem(key, unforeseen.problem());
            ((ObjectNode) outcome.body()).put("trace_id", unforeseen.traceId());
            return outcome;
        }
    }

    private Outcome problem(KeyExpression key, Problem problem) {
        return new Outcome(documents.problem(problem).put("instance", key.toString()), true);
    }
}
