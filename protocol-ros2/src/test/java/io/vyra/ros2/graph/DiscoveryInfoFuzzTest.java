package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.ros2.wire.MalformedDataException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is told on {@code ros_discovery_info}, nodes come of it or the one exception. Searches on with {@code JAZZER_FUZZ=1}. */
class DiscoveryInfoFuzzTest {
    static Stream<Arguments> seeds() {
        return Stream.of(ContextSettings.Distribution.values())
                .map(distribution -> Arguments.of((Object) DiscoveryInfoTest.INFO.write(distribution)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void read(byte[] bytes) {
        try {
            assertThat(DiscoveryInfo.read(bytes)).isNotNull();
        } catch (MalformedDataException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
