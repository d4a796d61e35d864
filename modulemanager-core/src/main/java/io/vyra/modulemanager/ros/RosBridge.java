package io.vyra.modulemanager.ros;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The way into the graph of ROS 2, by JSON. Thread-safe.
 *
 * <p>Every failure is a {@link io.vyra.modulemanager.problem.ProblemException}: {@code ROS_UNAVAILABLE} while there is no connection,
 * {@code FORBIDDEN} for a topic or service that the configuration does not allow, {@code NOT_FOUND} for one that nobody has,
 * {@code INVALID_REQUEST} for a type that is not known and for JSON that is none of the type.
 */
public interface RosBridge {

    /** How the bridge is now. Never fails. */
    Status status();

    /** Nodes, topics and services that are known now. */
    RosGraph graph();

    /**
     * Subscribes to a topic. The caller must close the echo.
     *
     * @param topic full name, such as {@code /chatter}
     * @param type  such as {@code std_msgs/msg/String}; empty: the one that its publishers have
     * @throws io.vyra.modulemanager.problem.ProblemException also {@code TOO_MANY_REQUESTS} when there are too many echoes
     */
    RosEcho echo(String topic, Optional<String> type);

    /**
     * Publishes a message; what it leaves out has its default.
     *
     * @param type empty: the one that the topic has
     */
    Published publish(String topic, Optional<String> type, ObjectNode message);

    /**
     * Calls a service.
     *
     * @param type    empty: the one that its servers have
     * @param timeout how long to wait for the server and its answer
     * @throws io.vyra.modulemanager.problem.ProblemException also {@code TIMED_OUT}
     */
    Answer call(String service, Optional<String> type, ObjectNode request, Duration timeout);

    /**
     * Has the nodes of a module do a function that modules have on their bus: those for parameters, which nodes serve as services.
     *
     * @return empty when the module has no nodes that are known, or they have no such function
     * @throws io.vyra.modulemanager.problem.ProblemException {@code TIMED_OUT} when a node does not answer,
     *     {@code MODULE_ANSWERED_WITH_ERROR} when it refuses
     */
    Optional<ObjectNode> askNodes(ModuleId module, String function, ObjectNode arguments, Duration timeout);

    /** @param subscriptions how many subscriptions the message went to */
    record Published(String topic, String type, int subscriptions) {}

    record Answer(String service, String type, ObjectNode response) {}

    /**
     * How the bridge is.
     *
     * @param enabled   false when it is switched off
     * @param since     when it became so
     * @param reason    why it is not connected; empty when it is
     * @param domain    {@code ROS_DOMAIN_ID}
     * @param range     how far it announces itself: {@code off}, {@code localhost} or {@code subnet}
     * @param peers     whom it announces itself to beyond that
     * @param node      the manager's own node; empty while there is none
     */
    record Status(
            boolean enabled,
            boolean connected,
            Instant since,
            String reason,
            int domain,
            String range,
            List<String> peers,
            Optional<String> node,
            Counters counters) {
        public Status {
            peers = List.copyOf(peers);
        }

        /** Of a bridge that is switched off. */
        public static Status off(Instant since, String reason) {
            return new Status(false, false, since, reason, 0, "off", List.of(), Optional.empty(), Counters.NONE);
        }
    }

    /**
     * What is counted since the manager started.
     *
     * @param echoes        open echoes now
     * @param echoed        messages that echoes got
     * @param dropped       messages that slow echoes lost
     * @param published     messages published for others
     * @param called        services called for others
     * @param answered      requests of others that the manager's own services and actions answered
     * @param refused       what allow-lists, roles and limits kept out
     */
    record Counters(int echoes, long echoed, long dropped, long published, long called, long answered, long refused) {
        public static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0);
    }
}
