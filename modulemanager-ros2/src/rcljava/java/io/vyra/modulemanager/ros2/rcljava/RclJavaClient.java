package io.vyra.modulemanager.ros2.rcljava;

import io.vyra.modulemanager.ros2.port.ServiceCaller;
import io.vyra.ros2.graph.UnreadableAnswerException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.ros2.rcljava.client.Client;
import org.ros2.rcljava.interfaces.MessageDefinition;
import org.ros2.rcljava.interfaces.ServiceDefinition;

/**
 * Calls a service by rcljava, whose future must not be waited for: it would have a second executor wait on the same node. rcljava remembers each
 * request until it is answered, so that the client is made anew when some never were.
 */
final class RclJavaClient implements ServiceCaller {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int MOST_UNANSWERED = 100;

    private final String service;
    private final GeneratedMessages requests;
    private final GeneratedMessages responses;
    private final SpinThread thread;
    private final Supplier<Client<ServiceDefinition>> maker;
    private Client<ServiceDefinition> client;
    private int underWay;
    private int unanswered;
    private boolean isClosed;

    /** @param maker makes a client; called by the thread */
    RclJavaClient(
            String service,
            GeneratedMessages requests,
            GeneratedMessages responses,
            SpinThread thread,
            Supplier<Client<ServiceDefinition>> maker) {
        this.service = service;
        this.requests = requests;
        this.responses = responses;
        this.thread = thread;
        this.maker = maker;
        this.client = thread.call(maker::get);
    }

    @Override
    public Map<String, Object> call(Map<String, Object> request, Duration timeout)
            throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        MessageDefinition message = requests.toObject(request);
        Client<ServiceDefinition> current = begin();
        boolean isAnswered = true;
        try {
            awaitServer(current, deadline);
            isAnswered = false;
            MessageDefinition response = send(current, message).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            isAnswered = true;
            return responses.toMap(response);
        } catch (TimeoutException e) {
            throw new TimeoutException("The service " + service + " did not answer within " + timeout);
        } catch (ExecutionException e) {
            throw new UnreadableAnswerException("The answer of " + service + " cannot be read", e.getCause());
        } finally {
            end(isAnswered);
        }
    }

    private void awaitServer(Client<ServiceDefinition> current, long deadline)
            throws TimeoutException, InterruptedException {
        while (!thread.call(current::isServiceAvailable)) {
            if (System.nanoTime() >= deadline) {
                throw new TimeoutException();
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    private CompletableFuture<MessageDefinition> send(Client<ServiceDefinition> current, MessageDefinition message) {
        CompletableFuture<MessageDefinition> answer = new CompletableFuture<>();
        thread.call(() -> current.<MessageDefinition, MessageDefinition>asyncSendRequest(
                message, future -> answered(future, answer)));
        return answer;
    }

    private static void answered(Future<MessageDefinition> future, CompletableFuture<MessageDefinition> answer) {
        try {
            answer.complete(future.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.completeExceptionally(e);
        } catch (ExecutionException e) {
            answer.completeExceptionally(e.getCause());
        }
    }

    private synchronized Client<ServiceDefinition> begin() {
        if (isClosed) {
            throw new IllegalStateException("The client of " + service + " is closed");
        }
        if (underWay == 0 && unanswered >= MOST_UNANSWERED) {
            Client<ServiceDefinition> old = client;
            client = thread.call(maker::get);
            thread.later(old::dispose);
            unanswered = 0;
        }
        underWay++;
        return client;
    }

    private synchronized void end(boolean isAnswered) {
        underWay--;
        if (!isAnswered) {
            unanswered++;
        }
        disposeWhenIdle();
    }

    /** Not under a call. */
    private void disposeWhenIdle() {
        if (isClosed && underWay == 0) {
            thread.later(client::dispose);
        }
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            disposeWhenIdle();
        }
    }
}
