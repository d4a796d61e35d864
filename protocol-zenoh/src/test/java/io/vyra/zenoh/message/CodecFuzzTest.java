package io.vyra.zenoh.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.zenoh.wire.WireReader;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each type of message, whatever its bytes are. The first byte keeps its flags and gets the type's id. Runs what the reference
 * implementation said as seeds, and searches on when {@code JAZZER_FUZZ=1} is set.
 */
class CodecFuzzTest {
    /** One of each kind that was captured: batches, and what is in frames. */
    static Stream<Arguments> seeds() {
        Map<Byte, byte[]> seeds = new TreeMap<>();
        for (PeerCapture.Batch batch : PeerCapture.batches()) {
            byte[] bytes = batch.bytes();
            seeds.putIfAbsent(bytes[0], bytes);
            WireReader reader = new WireReader(bytes);
            if (TransportCodec.read(reader) instanceof TransportMessage.Frame) {
                seeds.putIfAbsent(bytes[reader.position()], Arrays.copyOfRange(bytes, reader.position(), bytes.length));
            }
        }
        return seeds.values().stream().map(seed -> Arguments.of((Object) seed));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void push(byte[] bytes) {
        network(NetworkCodec.PUSH, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void request(byte[] bytes) {
        network(NetworkCodec.REQUEST, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void response(byte[] bytes) {
        network(NetworkCodec.RESPONSE, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void responseFinal(byte[] bytes) {
        network(NetworkCodec.RESPONSE_FINAL, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void interest(byte[] bytes) {
        network(NetworkCodec.INTEREST, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void declare(byte[] bytes) {
        network(NetworkCodec.DECLARE, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void maintenance(byte[] bytes) {
        network(NetworkCodec.MAINTENANCE, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void init(byte[] bytes) {
        transport(0x01, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void open(byte[] bytes) {
        transport(0x02, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void close(byte[] bytes) {
        transport(0x03, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void frameAndFragment(byte[] bytes) {
        transport(0x05, bytes);
        transport(0x06, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void anything(byte[] bytes) {
        FuzzedCodec.readTransportMessage(bytes)
                .ifPresent(message -> assertThat(message).isNotNull());
    }

    private static void network(int id, byte[] bytes) {
        FuzzedCodec.readNetworkMessages(withId(id, bytes));
    }

    private static void transport(int id, byte[] bytes) {
        FuzzedCodec.readTransportMessage(withId(id, bytes));
    }

    private static byte[] withId(int id, byte[] bytes) {
        byte[] changed = bytes.clone();
        if (changed.length > 0) {
            changed[0] = (byte) (changed[0] & 0xe0 | id);
        }
        return changed;
    }
}
