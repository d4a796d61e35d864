package io.vyra.modulemanager.ros2.robot;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros2.connection.BridgeConnection;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.modulemanager.ros2.connection.OpenClients;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.ros2.graph.TooManyCallsException;
import io.vyra.ros2.graph.UnreadableAnswerException;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.participant.ParticipantClosedException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Calls the services that nodes of modules have below their own names. Thread-safe. */
public final class NodeServices implements BridgePart {
    private final BridgeConnection connection;
    private final OpenClients clients = new OpenClients();

    public NodeServices(BridgeConnection connection) {
        this.connection = connection;
    }

    @Override
    public void attach(RosPort port) {
        // Clients are made when a node is asked.
    }

    @Override
    public void detach() {
        clients.clear();
    }

    /**
     * Calls a service of a node.
     *
     * @param service what follows the node's name and a slash
     * @return empty when there is no bridge now, or the node does not answer in time
     * @throws ProblemException {@code MODULE_ANSWERED_WITH_ERROR} when the answer cannot be read, {@code TOO_MANY_REQUESTS}
     */
    Optional<Map<String, Object>> call(
            String node, String service, TypeName type, Map<String, Object> request, Duration timeout)
            throws InterruptedException {
        Optional<RosPort> own = connection.node();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    clients.open(own.get(), node + "/" + service, type).call(request, timeout));
        } catch (TimeoutException | ParticipantClosedException e) {
            return Optional.empty();
        } catch (UnreadableAnswerException e) {
            throw new ProblemException(ProblemType.MODULE_ANSWERED_WITH_ERROR, e.getMessage() + ".", e);
        } catch (TooManyCallsException e) {
            throw new ProblemException(ProblemType.TOO_MANY_REQUESTS, e.getMessage() + ".", e);
        }
    }
}
