package io.vyra.modulemanager.operation.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.operation.StopSignal;
import io.vyra.modulemanager.supervision.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WatchingTest {
    private static final Duration PROBATION = Duration.ofSeconds(30);

    private final ManualTime time = new ManualTime();
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final Context context = new Context();
    private volatile Optional<String> obstacle = Optional.empty();

    /** Of which only the progress matters. */
    private static final class Context implements StepContext {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final StopSignal signal = new StopSignal();

        @Override
        public String operationId() {
            return "operation";
        }

        @Override
        public String createdBy() {
            return "test";
        }

        @Override
        public void progress(int percent, String detail) {
            told.add(detail);
        }

        @Override
        public void remember(String key, String value) {}

        @Override
        public Optional<String> recall(String key) {
            return Optional.empty();
        }

        @Override
        public StopSignal stopSignal() {
            return signal;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }

    private CompletableFuture<Optional<String>> watch() {
        CompletableFuture<Optional<String>> verdict = CompletableFuture.supplyAsync(
                () -> new Watching(time, PROBATION).through(failure, () -> obstacle, context));
        await().until(() -> time.timers() == 1);
        return verdict;
    }

    @Test
    void shouldPassWhatIsHealthyForTheWholeTime() {
        CompletableFuture<Optional<String>> verdict = watch();

        time.advance(PROBATION.minusMillis(1));
        assertThat(time.timers()).isOne();
        time.advance(Duration.ofMillis(1));

        assertThat(verdict.join()).isEmpty();
        assertThat(context.told).isEmpty();
    }

    @Test
    void shouldSayWhatWentWrong() {
        CompletableFuture<Optional<String>> verdict = watch();

        failure.complete("exit code 7");

        assertThat(verdict.join()).contains("exit code 7");
        assertThat(time.timers()).isZero();
    }

    @Test
    void shouldBeginAnewWhenNobodySeesItAtTheEnd() {
        CompletableFuture<Optional<String>> verdict = watch();
        obstacle = Optional.of("the engine is away");

        time.advance(PROBATION);

        await().until(() -> time.timers() == 1);
        assertThat(verdict).isNotDone();
        assertThat(context.told).containsExactly("began anew: the engine is away");
        obstacle = Optional.empty();
        time.advance(PROBATION);
        assertThat(verdict.join()).isEmpty();
    }

    @Test
    void shouldHearOfAnEndThatNobodySaw() {
        CompletableFuture<Optional<String>> verdict = watch();
        obstacle = Optional.of("the engine is away");
        time.advance(PROBATION);
        await().until(() -> time.timers() == 1);

        failure.complete("ended by signal 9");

        assertThat(verdict.join()).contains("ended by signal 9");
    }
}
