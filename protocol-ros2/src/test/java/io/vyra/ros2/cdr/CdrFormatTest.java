package io.vyra.ros2.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CdrFormatTest {
    private static final MessageType HEADER = Probes.SHIPPED.get(TypeName.parse("std_msgs/msg/Header"));
    private static final MessageType STRING = Probes.SHIPPED.get(TypeName.parse("std_msgs/msg/String"));

    @Test
    void shouldWriteAHeaderInBothOrders() {
        Map<String, Object> value = Map.of("stamp", Map.of("sec", 1, "nanosec", 2L), "frame_id", "map");

        assertThat(written(HEADER, value, ByteOrder.LITTLE_ENDIAN))
                .isEqualTo("00010000" + "01000000" + "02000000" + "04000000" + "6d617000");
        assertThat(written(HEADER, value, ByteOrder.BIG_ENDIAN))
                .isEqualTo("00000000" + "00000001" + "00000002" + "00000004" + "6d617000");
    }

    @Test
    void shouldWriteAMessageWithoutFieldsAsOneByte() {
        assertThat(written(Probes.SHIPPED.get(TypeName.parse("std_msgs/msg/Empty")), Map.of(), ByteOrder.LITTLE_ENDIAN))
                .isEqualTo("0001000000");
    }

    @Test
    void shouldWriteWideTextAsThirtyTwoBitsAUnit() {
        WireWriter writer = new WireWriter(1 << 16);
        CdrWriter.write(writer, Probes.PROBE, Map.of("wide", "aé"));

        assertThat(HexFormat.of().formatHex(writer.toArray())).contains("02000000" + "61000000" + "e9000000");
    }

    @Test
    void shouldTakeAnEmptyStringWithoutItsZero() {
        assertThat(Encapsulation.read(HexFormat.of().parseHex("0001000000000000"), STRING))
                .isEqualTo(Map.of("data", ""));
    }

    @Test
    void shouldNotAllocateWhatIsOnlyClaimed() {
        MessageType bytes = Probes.SHIPPED.get(TypeName.parse("std_msgs/msg/UInt8MultiArray"));
        byte[] payload = HexFormat.of().parseHex("00010000" + "00000000" + "00000000" + "ffffffff");

        assertThatThrownBy(() -> Encapsulation.read(payload, bytes))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("says it has 4294967295 elements");
    }

    @Test
    void shouldRefuseMoreValuesThanAllowed() {
        WireWriter writer = new WireWriter(1 << 16);
        MessageType names = Probes.SHIPPED.get(TypeName.parse("rcl_interfaces/srv/GetParameters_Request"));
        CdrWriter.write(writer, names, Map.of("names", List.of("a", "b", "c")));

        assertThatThrownBy(() -> CdrReader.read(new WireReader(writer.toArray()), names, 3))
                .hasMessage("There are more values than allowed, at names");
    }

    @Test
    void shouldSayWhereAValueIsWrong() {
        assertThatThrownBy(() -> written(HEADER, Map.of("stamp", Map.of("sec", 1L << 40)), ByteOrder.LITTLE_ENDIAN))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/stamp/sec: int32 is -2147483648 to 2147483647, not 1099511627776");
        assertThatThrownBy(() -> written(HEADER, Map.of("stomp", 1), ByteOrder.LITTLE_ENDIAN))
                .hasMessage("/stomp: std_msgs/msg/Header has no member of that name");
        assertThatThrownBy(() -> written(STRING, Map.of("data", "a\0b"), ByteOrder.LITTLE_ENDIAN))
                .hasMessageContaining("U+0000");
    }

    private static String written(MessageType type, Map<String, Object> value, ByteOrder order) {
        WireWriter writer = new WireWriter(1 << 16).order(order);
        Encapsulation.write(writer, type, value);
        return HexFormat.of().formatHex(writer.toArray());
    }
}
