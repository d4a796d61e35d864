package io.vyra.ros2.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written is read as the same, as CDR in both orders and as JSON; what is cut off is refused. */
class CdrProperties {
    @Property
    void shouldReadWhatWasWritten(@ForAll long seed, @ForAll boolean little) {
        Map<String, Object> value = new RandomValues(new Random(seed)).message(Probes.PROBE);

        byte[] payload = written(value, little);

        assertThat(comparable(Encapsulation.read(payload, Probes.PROBE))).isEqualTo(comparable(value));
    }

    @Property
    void shouldReadTheJsonThatWasWritten(@ForAll long seed) {
        Map<String, Object> value = new RandomValues(new Random(seed)).message(Probes.PROBE);

        Map<String, Object> json = JsonForm.toJson(Probes.PROBE, value);

        assertThat(comparable(JsonForm.fromJson(Probes.PROBE, json))).isEqualTo(comparable(value));
    }

    @Property(tries = 300)
    void shouldRefuseWhatIsCutOff(@ForAll long seed, @ForAll boolean little) {
        byte[] payload = written(new RandomValues(new Random(seed)).message(Probes.PROBE), little);
        int cut = new Random(seed).nextInt(payload.length);

        WireReader reader = new WireReader().reset(payload, 0, cut);

        assertThatThrownBy(() -> {
                    Encapsulation.readHeader(reader);
                    CdrReader.read(reader, Probes.PROBE);
                })
                .isInstanceOf(MalformedDataException.class);
    }

    /** Arrays equal only themselves, buffers their bytes. */
    private static Object comparable(Object value) {
        return switch (value) {
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            case List<?> list -> list.stream().map(CdrProperties::comparable).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> all = new LinkedHashMap<>();
                map.forEach((name, item) -> all.put(name, comparable(item)));
                yield all;
            }
            default -> value;
        };
    }

    private static byte[] written(Map<String, Object> value, boolean little) {
        WireWriter writer = new WireWriter(1 << 16).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Encapsulation.write(writer, Probes.PROBE, value);
        return writer.toArray();
    }
}
