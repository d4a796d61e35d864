package io.vyra.modulemanager.zenoh.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Refusals refusals = new Refusals(() -> now);

    @Test
    void shouldTellOnceAMinuteAndCountAll() {
        for (int i = 0; i < 1_000; i++) {
            refusals.add("k", "why");
        }
        assertThat(refusals.count()).isEqualTo(1_000);
        assertThat(refusals.told()).as("the first one at once").isEqualTo(1);

        now = now.plusSeconds(59);
        refusals.add("k", "why");
        assertThat(refusals.told()).isEqualTo(1);

        now = now.plusSeconds(1);
        refusals.add("k", "why");
        assertThat(refusals.told()).isEqualTo(1_002);
    }

    @Test
    void shouldGoOnWhenTheClockIsSetBack() {
        refusals.add("k", "why");
        now = now.minusSeconds(86_400);

        refusals.add("k", "why");

        assertThat(refusals.told()).isEqualTo(2);
    }
}
