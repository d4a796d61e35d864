package io.vyra.modulemanager.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AvailabilityMeterTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AvailabilityMeter meter = new AvailabilityMeter(now::get);

    private void pass(long seconds) {
        now.updateAndGet(instant -> instant.plusSeconds(seconds));
    }

    @Test
    void shouldCountOnlyTheTimeInWhichTheModuleWasWanted() {
        pass(100);
        meter.note(true, false);
        pass(10);
        meter.note(true, true);
        pass(80);
        meter.note(true, false);
        pass(10);
        meter.note(false, false);
        pass(1_000);

        assertThat(meter.read())
                .isEqualTo(new AvailabilityMeter.Reading(Duration.ofSeconds(100), Duration.ofSeconds(80)));
    }

    @Test
    void shouldNotLoseAvailabilityToAClockThatIsSetBack() {
        meter.note(true, true);
        pass(50);
        assertThat(meter.read().running()).isEqualTo(Duration.ofSeconds(50));
        pass(-3_600);
        assertThat(meter.read().running()).isEqualTo(Duration.ofSeconds(50));
        pass(10);
        assertThat(meter.read().running()).isEqualTo(Duration.ofSeconds(60));
    }
}
