package io.vyra.zenoh.peer;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.LinkConnector;
import io.vyra.zenoh.message.CloseReason;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.InterestMode;
import io.vyra.zenoh.message.InterestSubject;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.NetworkMessage.Declare;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.transport.Transport;
import io.vyra.zenoh.transport.TransportEnd;
import io.vyra.zenoh.transport.TransportHandler;
import io.vyra.zenoh.transport.TransportSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A client message by message: says what a test wants it to, keeps what it is told, answers nothing. */
public final class RecordingClient implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final List<NetworkMessage> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<TransportEnd> end = new CompletableFuture<>();
    private final Transport transport;

    public RecordingClient(Endpoint endpoint) throws IOException {
        this(endpoint, TransportSettings.of(ZenohId.random(), WhatAmI.CLIENT));
    }

    public RecordingClient(Endpoint endpoint, TransportSettings settings) throws IOException {
        transport = Transport.initiate(
                new LinkConnector(null).connect(endpoint, Duration.ofSeconds(40)), settings, null, timer);
        transport.start(new Keeper(), timer);
    }

    public boolean send(NetworkMessage message) {
        try {
            return transport.send(message, Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void declare(Declaration declaration) {
        send(Declare.of(declaration));
    }

    public void ask(int number, InterestMode mode, InterestSubject subject, String key) {
        send(new NetworkMessage.Interest(
                number,
                mode,
                subject,
                key == null ? null : WireExpression.of(key),
                QualityOfService.DECLARATION,
                null,
                0));
    }

    /** What was received so far. */
    public List<NetworkMessage> messages() {
        return messages;
    }

    /** The declarations received so far. */
    public List<Declaration> declarations() {
        return messages.stream()
                .filter(Declare.class::isInstance)
                .map(message -> ((Declare) message).declaration())
                .toList();
    }

    /** Waits until exactly these declarations were received. */
    public void awaitDeclarations(Declaration... expected) {
        await().untilAsserted(() -> assertThat(declarations()).containsExactly(expected));
    }

    /** Waits for the end of the connection, and says why it came. */
    public TransportEnd awaitEnd() {
        await().until(end::isDone);
        return end.join();
    }

    public boolean isOpen() {
        return !end.isDone();
    }

    @Override
    public void close() {
        transport.close(CloseReason.GENERIC);
        timer.shutdownNow();
    }

    private final class Keeper implements TransportHandler {
        @Override
        public void push(PushCursor push) {
            messages.add(push.toMessage());
        }

        @Override
        public void message(NetworkMessage message) {
            messages.add(message);
        }

        @Override
        public void closed(TransportEnd why) {
            end.complete(why);
        }
    }
}
