package io.vyra.modulemanager.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void shouldGivePercentilesThatWereMeasured() {
        double[] samples =
                IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray();

        Distribution distribution = Distribution.of("times", "ms", samples);

        assertThat(distribution).isEqualTo(new Distribution("times", "ms", 200, 1, 50, 100, 150, 190, 198, 200));
    }

    @Test
    void shouldTakeASingleSample() {
        assertThat(Distribution.of("times", "ms", new double[] {7}).p99()).isEqualTo(7);
    }

    @Test
    void shouldRefuseNoSamples() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Distribution.of("times", "ms", new double[0]))
                .withMessageContaining("times");
    }
}
