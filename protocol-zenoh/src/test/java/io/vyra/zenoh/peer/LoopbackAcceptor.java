package io.vyra.zenoh.peer;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.Link;
import io.vyra.zenoh.link.LinkListener;
import io.vyra.zenoh.link.TlsContext;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.transport.Transport;
import io.vyra.zenoh.transport.TransportEnd;
import io.vyra.zenoh.transport.TransportHandler;
import io.vyra.zenoh.transport.TransportSettings;
import io.vyra.zenoh.transport.UserDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;

/** The accepting side of transports in this process: keeps what it is sent, answers nothing. */
public final class LoopbackAcceptor implements AutoCloseable {
    /** Transports that were opened. */
    public final BlockingQueue<Transport> transports = new LinkedBlockingQueue<>();

    /** Handshakes that failed. */
    public final BlockingQueue<IOException> refused = new LinkedBlockingQueue<>();

    /** What was received. */
    public final BlockingQueue<NetworkMessage> messages = new LinkedBlockingQueue<>();

    /** How transports ended. */
    public final BlockingQueue<TransportEnd> ends = new LinkedBlockingQueue<>();

    private final LinkListener listener;
    private final TransportSettings settings;
    private final UserDirectory users;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    /**
     * @param tls makes it listen for TLS, or null
     * @param users who may connect, or null for anybody
     */
    public LoopbackAcceptor(TransportSettings settings, TlsContext tls, UserDirectory users) throws IOException {
        Endpoint.Protocol protocol = tls == null ? Endpoint.Protocol.TCP : Endpoint.Protocol.TLS;
        this.listener = LinkListener.open(new Endpoint(protocol, "127.0.0.1", 0), tls);
        this.settings = settings;
        this.users = users;
        Thread.ofVirtual().start(this::acceptAll);
    }

    public LoopbackAcceptor() throws IOException {
        this(TransportSettings.of(ZenohId.random(), WhatAmI.ROUTER), null, null);
    }

    public Endpoint endpoint() {
        return listener.endpoint();
    }

    private void acceptAll() {
        try {
            while (true) {
                LinkListener.Accepted accepted = listener.accept();
                Thread.ofVirtual().start(() -> open(accepted));
            }
        } catch (IOException e) {
            // The listener is closed.
        }
    }

    private void open(LinkListener.Accepted accepted) {
        try {
            Link link = accepted.open(Duration.ofSeconds(40));
            Transport transport = Transport.accept(link, settings, users, timer);
            transport.start(new Keeper(), timer);
            transports.add(transport);
        } catch (IOException e) {
            refused.add(e);
        }
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
        public void closed(TransportEnd end) {
            ends.add(end);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        timer.shutdownNow();
    }
}
