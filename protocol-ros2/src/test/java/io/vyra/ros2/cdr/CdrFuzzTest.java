package io.vyra.ros2.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.wire.CapacityExceededException;
import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a payload holds, a value comes of it that can be written again, or the one exception. Searches on with {@code JAZZER_FUZZ=1}. */
class CdrFuzzTest {
    private static final MessageType PARAMETERS =
            Probes.SHIPPED.get(TypeName.parse("rcl_interfaces/msg/ParameterEvent"));

    static Stream<Arguments> seeds() {
        return Stream.of(1L, 2L, 3L)
                .flatMap(seed -> Stream.of(Probes.PROBE, PARAMETERS).map(type -> {
                    WireWriter writer =
                            new WireWriter(1 << 16).order(seed == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                    Encapsulation.write(writer, type, new RandomValues(new Random(seed)).message(type));
                    return Arguments.of((Object) writer.toArray());
                }));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void probe(byte[] bytes) {
        read(bytes, Probes.PROBE);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void parameterEvent(byte[] bytes) {
        read(bytes, PARAMETERS);
    }

    private static void read(byte[] bytes, MessageType type) {
        Map<String, Object> value;
        try {
            WireReader reader = new WireReader(bytes);
            Encapsulation.readHeader(reader);
            value = CdrReader.read(reader, type, 10_000);
        } catch (MalformedDataException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        try {
            WireWriter writer = new WireWriter(8 * bytes.length + 1024);
            Encapsulation.write(writer, type, value);
            Encapsulation.read(writer.toArray(), type);
            JsonForm.fromJson(type, JsonForm.toJson(type, value));
        } catch (InvalidValueException | CapacityExceededException e) {
            // A text with U+0000 or U+FFFD for what is not UTF-8, which is longer: read, but not written.
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
