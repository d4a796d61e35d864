import io.vyra.ros2.graph.ContextSettings;
import io.vyra.ros2.graph.Publisher;
import io.vyra.ros2.graph.RosContext;
import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.transport.DiscoverySettings;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A node as a robot's arm may be one: {@code driver} in the namespace that is its argument. It tells what it does five times a second, does
 * what it is commanded, and goes home when it is asked to. How others are found is in the environment, as for every program of ROS 2.
 */
public final class Arm {
    private static final TypeName STRING = TypeName.parse("std_msgs/msg/String");
    private static final TypeName TRIGGER = TypeName.parse("std_srvs/srv/Trigger");
    private static final long PERIOD_MILLIS = 200;

    public static void main(String[] arguments) throws Exception {
        try (RosContext context = RosContext.open(ContextSettings.of(DiscoverySettings.of(System.getenv()), "arm"))) {
            RosNode node = context.createNode(arguments[0], "driver");
            AtomicReference<Object> doing = new AtomicReference<>("at rest");
            node.createSubscription("command", STRING, Qos.DEFAULT, command -> doing.set(command.value().get("data")));
            node.createService("home", TRIGGER, _ -> {
                doing.set("at home");
                return Map.of("success", true, "message", "at home");
            });
            Publisher state = node.createPublisher("state", STRING, Qos.DEFAULT);
            while (true) {
                state.publish(Map.of("data", doing.get()));
                Thread.sleep(PERIOD_MILLIS);
            }
        }
    }
}
