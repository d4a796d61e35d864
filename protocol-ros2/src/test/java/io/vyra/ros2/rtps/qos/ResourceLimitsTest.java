package io.vyra.ros2.rtps.qos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceLimitsTest {
    @ParameterizedTest
    @CsvSource({"-1, -1, -1, 2147483647", "7, 1, 5, 5", "5, -1, 7, 5", "-1, 1, 3, 3", "3, -1, -1, 3"})
    void shouldCountTheLowerLimitOfATopicWithoutKeys(int samples, int instances, int perInstance, int most) {
        assertThat(new ResourceLimits(samples, instances, perInstance).most()).isEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0", "-2, 1, 1"})
    void shouldRefuseWhatLimitsToNothing(int samples, int instances, int perInstance) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResourceLimits(samples, instances, perInstance))
                .withMessageContaining("is at least 1");
    }

    @Test
    void shouldKeepWhatTheHistorySaysWithinTheLimits() {
        assertThat(Qos.DEFAULT.most()).isEqualTo(Qos.DEFAULT_DEPTH);
        assertThat(Qos.DEFAULT.keepAll().most()).isEqualTo(5_000);
        assertThat(Qos.DEFAULT.keepAll().withLimits(ResourceLimits.ofSamples(3)).most())
                .isEqualTo(3);
    }

    @Test
    void shouldRaiseTheLimitsForADepthBeyond() {
        Qos deep = Qos.DEFAULT.withDepth(6_000);

        assertThat(deep.limits()).isEqualTo(ResourceLimits.ofSamples(6_000));
        assertThat(deep.possible()).isSameAs(deep);
        assertThat(Qos.DEFAULT.withDepth(3).limits()).isEqualTo(ResourceLimits.DEFAULT);
    }

    @Test
    void shouldRefuseToKeepMoreThanItSaysOrWithoutALimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Qos.DEFAULT.withLimits(ResourceLimits.ofSamples(3)).possible())
                .withMessageContaining("The last 10 samples are to be kept, but the limits allow 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Qos.DEFAULT.keepAll().withLimits(ResourceLimits.NONE).possible())
                .withMessageContaining("nothing limits them");
    }
}
