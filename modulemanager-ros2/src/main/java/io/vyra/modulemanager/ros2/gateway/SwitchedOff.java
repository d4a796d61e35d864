package io.vyra.modulemanager.ros2.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros.RosBridge;
import io.vyra.modulemanager.ros.RosEcho;
import io.vyra.modulemanager.ros.RosGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A bridge that the configuration switched off: it says so, and does nothing.
 *
 * @param reason how it was switched off, as the beginning of a sentence
 */
public record SwitchedOff(Instant since, String reason) implements RosBridge {
    @Override
    public Status status() {
        return Status.off(since, reason);
    }

    @Override
    public RosGraph graph() {
        return RosGraph.EMPTY;
    }

    @Override
    public RosEcho echo(String topic, Optional<String> type) {
        throw refusal();
    }

    @Override
    public Published publish(String topic, Optional<String> type, ObjectNode message) {
        throw refusal();
    }

    @Override
    public Answer call(String service, Optional<String> type, ObjectNode request, Duration timeout) {
        throw refusal();
    }

    @Override
    public Optional<ObjectNode> askNodes(ModuleId module, String function, ObjectNode arguments, Duration timeout) {
        return Optional.empty();
    }

    private ProblemException refusal() {
        return new ProblemException(ProblemType.NOT_IMPLEMENTED, reason + ".");
    }
}
