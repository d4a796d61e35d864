package io.vyra.ros2.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.idl.TypeRegistry;
import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Peer;
import io.vyra.ros2.wire.WireWriter;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts of type wstring, judged by Fast CDR, by which ROS 2 writes them. What a wstring is on the wire is up to the implementation. */
class WideTextTest {
    private static final TypeName NAME = TypeName.message("probe_msgs", "Wide");
    private static final MessageType TYPE = new MessageTypes(
                    TypeRegistry.shipped().with(Map.of(NAME, "uint8 first\nwstring text\nuint8 last\n")))
            .get(NAME);
    private static final int[] POINTS = {'a', 'Z', 0x7f, 0xe4, 0x20ac, 0xffff, 0x1f916};
    private static final int TEXTS = 200;

    @Test
    void shouldWriteAndReadWideTextsAsFastCdrDoes() throws IOException {
        long seed = Long.getLong("wide.seed", ThreadLocalRandom.current().nextLong());
        Random random = new Random(seed);
        try (Peer peer = Peer.start(Implementation.FAST_DDS, Domains.free())) {
            for (int i = 0; i < TEXTS; i++) {
                String text = random.ints(random.nextInt(1, 9), 0, POINTS.length)
                        .mapToObj(point -> Character.toString(POINTS[point]))
                        .collect(Collectors.joining());
                Map<String, Object> value = Map.of("first", 1L, "text", text, "last", 2L);

                peer.tell("wide", "text" + i, units(text));

                byte[] theirs = HexFormat.of()
                        .parseHex(peer.awaitEvents("wide", "text" + i, 1).getFirst());
                assertThat(written(value))
                        .as("with -Dwide.seed=%d: %s", seed, units(text))
                        .isEqualTo(theirs);
                assertThat(Encapsulation.read(theirs, TYPE)).containsEntry("text", text);
            }
        }
    }

    private static String units(String text) {
        return IntStream.range(0, text.length())
                .mapToObj(i -> HexFormat.of().toHexDigits(text.charAt(i)))
                .collect(Collectors.joining());
    }

    private static byte[] written(Map<String, Object> value) {
        WireWriter writer = new WireWriter(1_024);
        Encapsulation.write(writer, TYPE, value);
        return writer.toArray();
    }
}
