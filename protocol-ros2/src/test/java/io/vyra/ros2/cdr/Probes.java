package io.vyra.ros2.cdr;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.idl.TypeRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A message that has one of everything, and the shipped ones. */
final class Probes {
    static final MessageTypes SHIPPED = new MessageTypes(TypeRegistry.shipped());
    static final MessageType PROBE = probe();

    private Probes() {}

    private static MessageType probe() {
        try {
            Path folder = Files.createTempDirectory("probe");
            Path file = folder.resolve("probe_msgs/msg/Probe.msg");
            Files.createDirectories(file.getParent());
            Files.writeString(file, """
                    bool flag true
                    byte octet 1
                    char letter 65
                    int8 i8 -1
                    uint8 u8
                    int16 i16
                    uint16 u16
                    int32 i32
                    uint32 u32
                    int64 i64
                    uint64 u64 18446744073709551615
                    float32 f32 0.5
                    float64 f64
                    string text "ab"
                    string<=3 short_text
                    wstring wide
                    wstring<=2 short_wide
                    int8[3] three_octets [1, 2, 3]
                    int16[2] pair
                    uint8[] octets
                    bool[<=2] flags
                    string[] texts
                    float64[<=3] doubles
                    std_msgs/Empty nothing
                    std_msgs/Header header
                    builtin_interfaces/Time[2] times
                    std_msgs/Empty[] nothings
                    """);
            MessageType type =
                    new MessageTypes(TypeRegistry.shipped().with(folder)).get(TypeName.parse("probe_msgs/msg/Probe"));
            Files.delete(file);
            return type;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
