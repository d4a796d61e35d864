package io.vyra.ros2.rtps.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.wire.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a list of parameters holds, a description comes of it that is the same when it is announced and read again, or the one exception.
 * Searches on with {@code JAZZER_FUZZ=1}.
 */
class DiscoveryFuzzTest {
    static Stream<Arguments> participants() {
        return seeds(Descriptions.participants().map(DiscoveryCodec::write));
    }

    static Stream<Arguments> endpoints() {
        return seeds(Descriptions.endpoints().map(DiscoveryCodec::write));
    }

    private static Stream<Arguments> seeds(Stream<byte[]> payloads) {
        return payloads.flatMap(payload -> Stream.of(payload, Descriptions.bigEndian(payload)))
                .map(payload -> Arguments.of((Object) payload));
    }

    @MethodSource("participants")
    @FuzzTest(maxDuration = "20s")
    void participant(byte[] bytes) {
        readAgain(bytes, DiscoveryCodec::readParticipant, DiscoveryCodec::write);
    }

    @MethodSource("endpoints")
    @FuzzTest(maxDuration = "20s")
    void writer(byte[] bytes) {
        readAgain(bytes, payload -> DiscoveryCodec.readEndpoint(payload, true), DiscoveryCodec::write);
    }

    @MethodSource("endpoints")
    @FuzzTest(maxDuration = "20s")
    void reader(byte[] bytes) {
        readAgain(bytes, payload -> DiscoveryCodec.readEndpoint(payload, false), DiscoveryCodec::write);
    }

    @MethodSource("endpoints")
    @FuzzTest(maxDuration = "20s")
    void key(byte[] bytes) {
        readAgain(bytes, DiscoveryCodec::readKey, guid -> DiscoveryCodec.writeKey(false, guid));
    }

    static <T> void readAgain(byte[] bytes, Function<Slice, T> read, Function<T, byte[]> write) {
        T description;
        try {
            description = read.apply(Slice.of(bytes));
        } catch (MalformedDataException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        byte[] written = write.apply(description);
        T again;
        try {
            again = read.apply(Slice.of(written));
        } catch (MalformedDataException e) {
            // What is not UTF-8 is longer as the characters that stand for it, and may be longer than a text may be.
            assertThat(e).hasMessageContaining("bytes");
            assertThat(new String(written, StandardCharsets.UTF_8)).contains("\ufffd");
            return;
        }
        assertThat(again).isEqualTo(description);
    }
}
