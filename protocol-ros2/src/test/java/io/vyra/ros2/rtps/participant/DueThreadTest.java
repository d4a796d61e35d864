package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.LogWatch;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DueThreadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedBlockingQueue<Long> runs = new LinkedBlockingQueue<>();
    private volatile LongUnaryOperator next = now -> now + HOUR;
    private final DueThread thread = new DueThread("due-of-test", lock, this::work);

    private long work(long now) {
        assertThat(lock.isHeldByCurrentThread()).isTrue();
        long at = next.applyAsLong(now);
        runs.add(now);
        return at;
    }

    private void awaitRun() throws InterruptedException {
        assertThat(runs.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
    }

    private void wakeAt(long time) {
        lock.lock();
        try {
            thread.wakeAt(time);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(it -> it.getName().equals("due-of-test"));
    }

    @AfterEach
    void close() {
        thread.close();
        await().atMost(PATIENCE).until(() -> !isAlive());
    }

    @Test
    void shouldWorkAtOnceAndThenWhenTheWorkSays() throws InterruptedException {
        next = now -> now + 1_000_000;
        thread.start();

        long first = runs.take();
        long second = runs.take();

        assertThat(second - first).isGreaterThanOrEqualTo(1_000_000);
    }

    @Test
    void shouldWorkEarlierWhenAsked() throws InterruptedException {
        thread.start();
        awaitRun();

        wakeAt(System.nanoTime());

        awaitRun();
    }

    @Test
    void shouldNotWorkBeforeItIsDue() throws InterruptedException {
        thread.start();
        awaitRun();

        long due = System.nanoTime() + 20_000_000;
        wakeAt(due);
        wakeAt(due + HOUR);

        assertThat(runs.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isGreaterThanOrEqualTo(due);
    }

    @Test
    void shouldHeedWhatTheWorkItselfAsksFor() throws InterruptedException {
        next = now -> {
            next = later -> later + HOUR;
            thread.wakeAt(now);
            return now + HOUR;
        };
        thread.start();

        awaitRun();
        awaitRun();
    }

    @Test
    void shouldGoOnWhenTheWorkFailsAndLogEachKindOnce() throws InterruptedException {
        LinkedBlockingQueue<RuntimeException> failures =
                new LinkedBlockingQueue<>(List.of(failure("one"), new UnresolvedAddressException(), failure("two")));
        next = now -> {
            RuntimeException failure = failures.poll();
            if (failure != null) {
                runs.add(now);
                throw failure;
            }
            return now + HOUR;
        };
        try (LogWatch log = new LogWatch(DueThread.class)) {
            thread.start();

            awaitRun();
            awaitRun();
            awaitRun();
            awaitRun();

            assertThat(failuresOfThread()).isEqualTo(3);
            assertThat(log.records())
                    .extracting(record -> record.getThrown().getMessage())
                    .containsExactly("one", null);
        }
    }

    /** From one place, so that all are of one kind. */
    private static RuntimeException failure(String message) {
        return new IllegalStateException(message);
    }

    private long failuresOfThread() {
        lock.lock();
        try {
            return thread.failures();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void shouldEndWhileItWaits() throws InterruptedException {
        thread.start();
        awaitRun();

        thread.close();

        await().atMost(PATIENCE).until(() -> !isAlive());
    }
}
