package io.vyra.ros2.graph;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.nio.ByteBuffer;
import java.util.Map;

/** What an action consists of. */
final class ActionNames {
    static final TypeName CANCEL_GOAL = TypeName.parse("action_msgs/srv/CancelGoal");
    static final TypeName STATUS = TypeName.parse("action_msgs/msg/GoalStatusArray");
    static final Qos STATUS_QOS = Qos.DEFAULT.transientLocal().withDepth(1);

    private ActionNames() {}

    static String sendGoal(String action) {
        return action + "/_action/send_goal";
    }

    static String cancelGoal(String action) {
        return action + "/_action/cancel_goal";
    }

    static String getResult(String action) {
        return action + "/_action/get_result";
    }

    static String feedback(String action) {
        return action + "/_action/feedback";
    }

    static String status(String action) {
        return action + "/_action/status";
    }

    /** The id in a unique_identifier_msgs/msg/UUID. */
    static ByteBuffer id(Object message) {
        return ByteBuffer.wrap(((byte[]) ((Map<?, ?>) message).get("uuid")).clone());
    }

    static Map<String, Object> message(ByteBuffer id) {
        return Map.of("uuid", id.array().clone());
    }
}
