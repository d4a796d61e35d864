package io.vyra.modulemanager.ros2.rcljava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpinThreadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicBoolean isWorking = new AtomicBoolean();
    private final AtomicInteger turns = new AtomicInteger();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final SpinThread thread = new SpinThread(this::turn);

    private void turn() throws IOException {
        isWorking.set(true);
        LockSupport.parkNanos(100_000);
        isWorking.set(false);
        if (turns.incrementAndGet() % 2 == 0) {
            throw new IOException("a turn that failed");
        }
    }

    @AfterEach
    void end() {
        thread.close(() -> {});
    }

    @Test
    void shouldActBetweenTwoTurns() {
        for (int i = 0; i < 100; i++) {
            assertThat(thread.call(isWorking::get)).isFalse();
        }
    }

    @Test
    void shouldTakeTheNextTurnAfterOneThatFailed() {
        await().atMost(PATIENCE).until(() -> turns.get() > 4);
    }

    @Test
    void shouldThrowOnWhatAnActionThrows() {
        assertThatThrownBy(() -> thread.call(() -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> thread.call(() -> {
                    throw new IOException("rcl says no");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rcl says no");
    }

    @Test
    void shouldActAtOnceWhenItAsksItself() {
        assertThat(thread.call(() -> thread.call(() -> "both"))).isEqualTo("both");
    }

    @Test
    void shouldDoWhatItWasGivenBeforeItEnds() {
        thread.later(() -> done.add("first"));
        thread.close(() -> done.add("last"));
        thread.close(() -> done.add("never"));
        thread.later(() -> done.add("never"));

        assertThat(done).containsExactly("first", "last");
        assertThatThrownBy(() -> thread.call(() -> "late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
