package io.vyra.modulemanager.ros2.rcljava;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs the handlers of services in threads of their own, so that one that takes long holds up nobody else. rcljava answers when a callback ends,
 * so the port's thread waits a moment for the handler; only a handler that takes longer is answered late, by the port's thread again.
 *
 * <p>{@link #answer} is for the port's thread.
 */
final class ServiceHandlers {
    private static final System.Logger LOG = System.getLogger(ServiceHandlers.class.getName());

    /** As many as a service of the manager's own ROS 2 answers at once. */
    static final int MOST_AT_ONCE = 64;

    /** How long a request holds up the port's thread at most. */
    private static final Duration MOMENT = Duration.ofMillis(5);

    private final Consumer<Runnable> thread;
    private final boolean canAnswerLate;
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE);

    /** Ends a callback without the answer that rcljava would send when it returned. */
    static final class AnsweredLater extends RuntimeException {
        private static final long serialVersionUID = 1;

        private AnsweredLater() {
            super("The request is answered later", null, false, false);
        }
    }

    /**
     * @param thread        does something in the port's thread soon
     * @param canAnswerLate whether an answer can be sent after the callback; if not, handlers are waited for
     */
    ServiceHandlers(Consumer<Runnable> thread, boolean canAnswerLate) {
        this.thread = thread;
        this.canAnswerLate = canAnswerLate;
    }

    /**
     * Has a request handled.
     *
     * @param service its name, for the log
     * @param fill    puts the answer into rcljava's message
     * @param send    sends that message, once the callback has ended without it
     * @throws AnsweredLater         when the callback shall end without an answer
     * @throws IllegalStateException when there are too many requests already; the client gets no answer
     * @throws RuntimeException      of the handler; the client gets no answer
     */
    void answer(
            String service, Supplier<Map<String, Object>> handler, Consumer<Map<String, Object>> fill, Runnable send) {
        CompletableFuture<Map<String, Object>> answer = start(service, handler);
        try {
            fill.accept(canAnswerLate ? answer.get(MOMENT.toNanos(), TimeUnit.NANOSECONDS) : answer.get());
        } catch (TimeoutException e) {
            answer.whenComplete((message, failure) -> thread.accept(() -> late(service, message, failure, fill, send)));
            throw new AnsweredLater();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A request of " + service + " cannot be answered", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The port's thread was interrupted by a request of " + service, e);
        }
    }

    private CompletableFuture<Map<String, Object>> start(String service, Supplier<Map<String, Object>> handler) {
        if (!slots.tryAcquire()) {
            throw new IllegalStateException("A request of " + service + " is not answered: " + MOST_AT_ONCE
                    + " others are being handled. Look for what its handlers wait for");
        }
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        Thread.ofVirtual().name(service).start(() -> {
            try {
                answer.complete(handler.get());
            } catch (RuntimeException | Error e) {
                // Not lost: it is thrown on in the port's thread, or logged there.
                answer.completeExceptionally(e);
            } finally {
                slots.release();
            }
        });
        return answer;
    }

    private static void late(
            String service,
            Map<String, Object> message,
            Throwable failure,
            Consumer<Map<String, Object>> fill,
            Runnable send) {
        try {
            if (failure != null) {
                throw new CompletionException(failure);
            }
            fill.accept(message);
            send.run();
        } catch (RuntimeException e) {
            // ROS 2 has no way to tell the client; it will wait until its own deadline.
            LOG.log(System.Logger.Level.WARNING, "A request of " + service + " cannot be answered", e);
        }
    }
}
