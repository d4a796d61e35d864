package io.vyra.zenoh.router;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.Link;
import io.vyra.zenoh.link.LinkListener;
import io.vyra.zenoh.transport.Transport;
import io.vyra.zenoh.transport.TransportSettings;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Lets clients in at one endpoint. Each shakes hands on a thread of its own, so that nobody waits for who takes their time. */
final class Acceptor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());

    /** How long to wait after an attempt to accept that failed. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final RouterListenerSettings settings;
    private final LinkListener listener;
    private final Exchange exchange;
    private final ScheduledExecutorService timer;
    private final Semaphore handshakes;
    private volatile boolean isClosed;

    Acceptor(RouterListenerSettings settings, Exchange exchange, ScheduledExecutorService timer) throws IOException {
        this.settings = settings;
        this.listener = LinkListener.open(settings.endpoint(), settings.tls());
        this.exchange = exchange;
        this.timer = timer;
        this.handshakes = new Semaphore(exchange.settings().limits().faces());
    }

    Endpoint endpoint() {
        return listener.endpoint();
    }

    void start() {
        Thread.ofVirtual().name("zenoh-accept " + endpoint()).start(this::acceptAll);
    }

    private void acceptAll() {
        try {
            while (!isClosed) {
                try {
                    accept(listener.accept());
                } catch (IOException e) {
                    if (!isClosed) {
                        // Out of file descriptors, most likely: whoever is connected goes on, and others may come
                        // again.
                        refused(endpoint().toString(), e);
                        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(LinkListener.Accepted accepted) throws IOException {
        if (handshakes.tryAcquire()) {
            Thread.ofVirtual().name("zenoh-handshake").start(() -> welcome(accepted));
        } else {
            accepted.close();
            exchange.tally().refusedConnections.increment();
        }
    }

    private void refused(String address, Exception cause) {
        exchange.tally().refusedConnections.increment();
        exchange.reports().connectionRefused(address, cause);
    }

    private void welcome(LinkListener.Accepted accepted) {
        String address = "a client of " + endpoint();
        TransportSettings transport = exchange.settings().transport();
        try {
            Link link = accepted.open(transport.handshakeTimeout());
            address = link.peer();
            boolean mayBeProven = !settings.isOpen();
            Transport open = Transport.accept(
                    link,
                    transport,
                    settings.users(),
                    (peer, role, from) -> exchange.faces().admit(peer, role, from, mayBeProven),
                    timer);
            exchange.join(open, identity(open));
        } catch (IOException | RuntimeException e) {
            refused(address, e);
        } finally {
            handshakes.release();
        }
    }

    private FaceIdentity identity(Transport transport) throws IOException {
        if (transport.user().isPresent()) {
            return new FaceIdentity.User(transport.user().get());
        }
        if (transport.certificate().isPresent()) {
            return new FaceIdentity.Certificate(
                    commonName(transport.certificate().get()));
        }
        return new FaceIdentity.Anonymous(transport.address());
    }

    /** A certificate that names nobody is nobody's, though it is trusted: then the name is empty, which is no module's. */
    private static String commonName(X509Certificate certificate) throws IOException {
        String subject = certificate.getSubjectX500Principal().getName();
        try {
            for (Rdn part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
            return "";
        } catch (InvalidNameException e) {
            throw new IOException("The certificate's subject '" + subject + "' cannot be read", e);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            listener.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Closing a listener failed", e);
        }
    }
}
