package io.vyra.modulemanager.benchmark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    @Test
    void shouldSeeASeriesThatLevelsOff() {
        double[] series =
                IntStream.range(0, 50).mapToDouble(i -> 100 - 90 * Math.exp(-i)).toArray();

        assertThat(Trend.of(series).growth()).isCloseTo(0, within(0.01));
    }

    @Test
    void shouldSeeALeakThroughNoise() {
        double[] series = IntStream.range(0, 50)
                .mapToDouble(i -> i * 0.5 + (i % 7 == 0 ? 40 : 0))
                .toArray();

        assertThat(Trend.of(series).growth()).isCloseTo(17, within(1.0));
    }

    @Test
    void shouldNotTakeAnOutlierForALeak() {
        double[] series = new double[50];
        series[49] = 1_000;

        assertThat(Trend.of(series).growth()).isZero();
    }
}
