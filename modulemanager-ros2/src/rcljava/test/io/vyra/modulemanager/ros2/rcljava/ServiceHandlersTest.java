package io.vyra.modulemanager.ros2.rcljava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** This test's thread is the port's. */
class ServiceHandlersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final ServiceHandlers handlers = new ServiceHandlers(tasks::add, true);
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<Object> filled = new CopyOnWriteArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();

    private Map<String, Object> slow() {
        try {
            released.await();
            return Map.of("answer", "late");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void ask(ServiceHandlers asked, Supplier<Map<String, Object>> handler) {
        asked.answer("/arm/home", handler, message -> filled.add(message.get("answer")), () -> sent.add("sent"));
    }

    private void askSlow() {
        assertThatThrownBy(() -> ask(handlers, this::slow)).isInstanceOf(ServiceHandlers.AnsweredLater.class);
    }

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void shouldLeaveItToTheCallbackToSendAnAnswerThatIsThereAtOnce() {
        ServiceHandlers patient = new ServiceHandlers(tasks::add, false);

        ask(patient, () -> Map.of("answer", "now"));

        assertThat(filled).containsExactly("now");
        assertThat(sent).isEmpty();
        assertThat(tasks).isEmpty();
    }

    @Test
    void shouldNotHandleInThePortsThread() {
        ServiceHandlers patient = new ServiceHandlers(tasks::add, false);

        ask(patient, () -> Map.of("answer", Thread.currentThread()));

        assertThat(filled).doesNotContain(Thread.currentThread()).hasSize(1);
    }

    @Test
    void shouldAnswerOthersWhileAHandlerTakesLong() {
        askSlow();

        // Quick handlers may be late on a busy machine; they are answered all the same.
        try {
            ask(handlers, () -> Map.of("answer", "quick"));
        } catch (ServiceHandlers.AnsweredLater e) {
            await().atMost(PATIENCE).until(() -> !tasks.isEmpty());
            tasks.remove().run();
        }

        assertThat(filled).containsExactly("quick");
    }

    @Test
    void shouldSendALateAnswerInThePortsThread() throws InterruptedException {
        askSlow();
        assertThat(tasks).isEmpty();

        released.countDown();
        Runnable task = tasks.take();
        assertThat(sent).isEmpty();
        task.run();

        assertThat(filled).containsExactly("late");
        assertThat(sent).containsExactly("sent");
    }

    @Test
    void shouldNotSendWhenALateHandlerFailed() throws InterruptedException {
        assertThatThrownBy(() -> ask(handlers, () -> {
                    slow();
                    throw new IllegalArgumentException("not this one");
                }))
                .isInstanceOf(ServiceHandlers.AnsweredLater.class);

        released.countDown();
        tasks.take().run();

        assertThat(filled).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldThrowOnWhatAHandlerThrows() {
        ServiceHandlers patient = new ServiceHandlers(tasks::add, false);

        assertThatThrownBy(() -> ask(patient, () -> {
                    throw new IllegalArgumentException("not this one");
                }))
                .hasMessageContaining("/arm/home")
                .hasRootCauseMessage("not this one");
    }

    @Test
    void shouldRefuseMoreThanItHandlesAtOnceAndRecover() throws InterruptedException {
        for (int i = 0; i < ServiceHandlers.MOST_AT_ONCE; i++) {
            askSlow();
        }

        assertThatThrownBy(() -> ask(handlers, this::slow))
                .hasMessageContaining("/arm/home")
                .hasMessageContaining(String.valueOf(ServiceHandlers.MOST_AT_ONCE));

        released.countDown();
        for (int i = 0; i < ServiceHandlers.MOST_AT_ONCE; i++) {
            tasks.take().run();
        }
        assertThat(sent).hasSize(ServiceHandlers.MOST_AT_ONCE);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            ask(handlers, () -> Map.of("answer", "quick"));
            return filled.contains("quick");
        });
    }

    @Test
    void shouldFindTheMethodThatSendsLater() {
        assertThat(LateAnswers.find()).isPresent();
    }
}
