package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.problem.Unforeseen;
import io.vyra.modulemanager.ros2.connection.BridgeMeter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Makes responses: {@code success} and what was asked for, or {@code problem}. A client always gets one, whatever went wrong. Thread-safe. */
final class Answering {
    private static final Logger LOG = Logger.getLogger(Answering.class);

    private final BridgeMeter meter;

    Answering(BridgeMeter meter) {
        this.meter = meter;
    }

    /**
     * @param name  of the service or action, for the log
     * @param asked what a client wanted; may fail with anything
     */
    Map<String, Object> answer(String name, Supplier<Map<String, Object>> asked) {
        meter.answered();
        try {
            Map<String, Object> response = new HashMap<>(asked.get());
            response.put("success", true);
            return response;
        } catch (ProblemException e) {
            return refusal(e.problem());
        } catch (RuntimeException e) {
            return refusal(broken(name, e));
        }
    }

    Map<String, Object> refusal(Problem problem) {
        if (problem.type() == ProblemType.FORBIDDEN) {
            meter.refused();
        }
        return Map.of("success", false, "problem", Messages.problem(problem));
    }

    /** A request's edge: who asked gets a problem with an id, the log has the stack under it. */
    Problem broken(String name, RuntimeException e) {
        Unforeseen unforeseen = Unforeseen.failure();
        LOG.errorf(e, "Request broke service=%s trace_id=%s", name, unforeseen.traceId());
        return unforeseen.problem();
    }
}
