package io.vyra.modulemanager.zenoh.manager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.zenoh.bus.ModuleKeys;
import io.vyra.modulemanager.zenoh.connection.BusPart;
import io.vyra.modulemanager.zenoh.payload.BadPayloadException;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.session.IncomingQuery;
import io.vyra.zenoh.session.LivelinessToken;
import io.vyra.zenoh.session.Locality;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.Queryable;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Answers for the manager's functions, and stands by its liveliness token {@code {id}/alive}. Thread-safe.
 *
 * <p>Errors are {@code {"error": …}} in an ordinary reply: that is what vyra_base's clients look for.
 */
public final class ManagerModule implements BusPart {
    private static final Logger LOG = Logger.getLogger(ManagerModule.class);

    private final ModuleId self;
    private final List<ManagerFunction> functions;
    private final JsonPayloads payloads;
    private final Refusals refusals;
    private final List<Queryable> queryables = new ArrayList<>();
    private final List<LivelinessToken> tokens = new ArrayList<>();

    ManagerModule(ModuleId self, List<ManagerFunction> functions, JsonPayloads payloads, Refusals refusals) {
        this.self = self;
        this.functions = functions;
        this.payloads = payloads;
        this.refusals = refusals;
    }

    @Override
    public synchronized void attach(ZenohSession session) {
        for (ManagerFunction function : functions) {
            KeyExpression key = ModuleKeys.key(self, function.name());
            queryables.add(session.declareQueryable(key, true, Locality.ANY, query -> answer(key, function, query)));
        }
        tokens.add(session.declareToken(ModuleKeys.key(self, "alive")));
    }

    @Override
    public synchronized void detach() {
        queryables.forEach(Queryable::close);
        queryables.clear();
        tokens.forEach(LivelinessToken::close);
        tokens.clear();
    }

    private void answer(KeyExpression key, ManagerFunction function, IncomingQuery query) {
        query.reply(
                key,
                payloads.write(answer(function, query.payload().orElse(Bytes.EMPTY))),
                PublishOptions.DEFAULT.withEncoding(Encoding.JSON));
    }

    /** Never throws because of what was sent. */
    ObjectNode answer(ManagerFunction function, Bytes payload) {
        try {
            return function.work().apply(payloads.readOrEmpty(payload));
        } catch (BadPayloadException e) {
            refusals.add(self + "/" + function.name(), e.getMessage());
            return error(e.getMessage());
        } catch (IllegalArgumentException e) {
            return error(e.getMessage());
        } catch (ProblemException e) {
            return error(e.problem().detail());
        } catch (RuntimeException e) {
            // A request's edge: who asked gets an answer, the log the stack.
            LOG.errorf(e, "Function broke function=%s", function.name());
            return error("something went wrong inside the module manager; its log says what");
        }
    }

    private ObjectNode error(String message) {
        return payloads.object().put("success", false).put("error", message);
    }
}
