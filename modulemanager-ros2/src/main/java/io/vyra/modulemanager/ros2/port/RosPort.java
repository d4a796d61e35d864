package io.vyra.modulemanager.ros2.port;

import io.vyra.ros2.graph.QosConflicts;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A node in the graph of ROS 2. Names given to it may be full, or relative to its namespace. Messages are maps as
 * {@link io.vyra.ros2.idl.Values} has them; what one that is sent leaves out has its default. Thread-safe.
 *
 * <p>What the library behind it cannot do is refused with a {@link io.vyra.modulemanager.problem.ProblemException} of the type
 * {@code NOT_IMPLEMENTED} that says what to do; an interface that is not known with an {@link io.vyra.ros2.idl.UnknownTypeException}.
 */
public interface RosPort extends AutoCloseable {

    /** With the namespace. */
    String fullName();

    /** Publishes on a topic. */
    TopicPublisher publish(String topic, TypeName type, Qos qos);

    /**
     * Subscribes to a topic. What cannot be read is left out.
     *
     * @param callback is given one message at a time
     */
    Declaration subscribe(String topic, TypeName type, Qos qos, Consumer<? super Map<String, Object>> callback);

    /**
     * Serves a service.
     *
     * @param answering gives the response; when it fails, the client gets none. It may be asked several times at once
     */
    Declaration serve(String service, TypeName type, UnaryOperator<Map<String, Object>> answering);

    /** Calls a service. */
    ServiceCaller client(String service, TypeName type);

    /** Serves an action; each goal that is taken up runs in a thread of its own. */
    Declaration serveAction(String action, TypeName type, GoalHandler handler);

    /** Gives the node parameters that nobody in the graph can change. At most once. */
    void declareParameters(Map<String, String> values);

    /** Writes to the log of the robot, {@code /rosout}. */
    void log(LogLevel level, String message);

    /** What is known of the graph now. */
    GraphView graph();

    /** The publishers and subscriptions that do not get together now, whosever they are. */
    QosConflicts conflicts();

    /** Leaves the graph, and ends all that was made here. Once more does nothing. */
    @Override
    void close();
}
