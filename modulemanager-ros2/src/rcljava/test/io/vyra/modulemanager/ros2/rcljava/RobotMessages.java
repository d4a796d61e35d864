package io.vyra.modulemanager.ros2.rcljava;

import io.vyra.ros2.cdr.MessageTypes;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.idl.TypeRegistry;
import java.util.Map;
import robot_msgs.msg.Everything;
import robot_msgs.msg.Part;

/** The definitions of the messages of the package {@code robot_msgs}. */
final class RobotMessages {
    static final TypeName EVERYTHING = TypeName.message("robot_msgs", "Everything");
    static final TypeName PART = TypeName.message("robot_msgs", "Part");
    static final MessageTypes TYPES = new MessageTypes(TypeRegistry.shipped().with(Map.of(EVERYTHING, """
                            bool flag
                            byte octet
                            char letter
                            int8 small
                            uint8 small_unsigned
                            int16 middle
                            uint16 middle_unsigned
                            int32 large
                            uint32 large_unsigned
                            int64 huge
                            uint64 huge_unsigned
                            float32 f32
                            float64 f64
                            string text
                            wstring wide
                            Part part
                            uint8[] data
                            uint16[2] pair
                            string[] words
                            Part[] parts
                            """, PART, """
                            string frame_id
                            float64 size 1.5
                            """)));

    private RobotMessages() {}

    static GeneratedMessages everything() {
        return new GeneratedMessages(TYPES, TYPES.get(EVERYTHING), Everything.class);
    }

    static GeneratedMessages parts() {
        return new GeneratedMessages(TYPES, TYPES.get(PART), Part.class);
    }
}
