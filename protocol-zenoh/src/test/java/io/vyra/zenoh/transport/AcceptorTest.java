package io.vyra.zenoh.transport;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.PemFiles;
import io.vyra.zenoh.link.TlsContext;
import io.vyra.zenoh.message.CloseReason;
import io.vyra.zenoh.message.Datum;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.peer.LoopbackAcceptor;
import io.vyra.zenoh.peer.Payloads;
import io.vyra.zenoh.peer.PythonPeer;
import io.vyra.zenoh.peer.TestCertificates;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The side of a transport that listens, in front of this project's sessions and the reference implementation's. */
@Timeout(240)
class AcceptorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final UserDirectory USERS = user -> user.equals("module") ? Optional.of("secret") : Optional.empty();

    private LoopbackAcceptor acceptor;

    @AfterEach
    void close() throws Exception {
        acceptor.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 100_000, 10_000_000})
    void shouldReceiveFromOwnSessions(int size) throws Exception {
        acceptor = new LoopbackAcceptor();
        try (ZenohSession session = ZenohSession.open(SessionSettings.client(acceptor.endpoint()), PATIENCE)) {

            session.put(KeyExpression.of("a/b"), Payloads.counting(size), PublishOptions.DEFAULT.blocking());

            assertThat(next(acceptor.messages))
                    .isEqualTo(new NetworkMessage.Push(
                            WireExpression.of("a/b"),
                            QualityOfService.REQUEST,
                            null,
                            0,
                            Datum.Put.of(Payloads.counting(size))));
            assertThat(next(acceptor.transports).peer()).isEqualTo(session.id());
        }
        assertThat(next(acceptor.ends)).isEqualTo(new TransportEnd.ClosedByPeer(CloseReason.GENERIC));
    }

    @Test
    void shouldReceiveFromTheReferenceImplementation() throws Exception {
        acceptor = new LoopbackAcceptor(
                TransportSettings.of(ZenohId.random(), WhatAmI.ROUTER).withSizes(4096, 64 << 20, 16), null, USERS);
        Map<String, String> settings =
                Map.of("transport/auth/usrpwd/user", "\"module\"", "transport/auth/usrpwd/password", "\"secret\"");
        try (PythonPeer peer = PythonPeer.client(acceptor.endpoint(), settings)) {

            peer.tell("put", "a/b", "size:1000000");

            assertThat(next(acceptor.transports).user()).contains("module");
            assertThat(next(acceptor.messages))
                    .isInstanceOfSatisfying(
                            NetworkMessage.Push.class,
                            push -> assertThat(push.datum()).isEqualTo(Datum.Put.of(Payloads.counting(1_000_000))));
        }
        assertThat(next(acceptor.ends)).isInstanceOf(TransportEnd.ClosedByPeer.class);
    }

    @Test
    void shouldRefuseWrongPasswords() throws Exception {
        acceptor = new LoopbackAcceptor(TransportSettings.of(ZenohId.random(), WhatAmI.ROUTER), null, USERS);
        SessionSettings client = SessionSettings.client(acceptor.endpoint());

        for (Credentials wrong :
                new Credentials[] {new Credentials("module", "wrong"), new Credentials("nobody", "secret"), null}) {
            await().untilAsserted(() -> assertThatThrownBy(
                            () -> ZenohSession.open(client.withCredentials(wrong), Duration.ofMillis(300)))
                    .hasMessageContaining("refuses the connection"));
            assertThat(next(acceptor.refused)).isInstanceOf(HandshakeException.class);
        }

        assertThat(acceptor.transports).isEmpty();
        try (ZenohSession session =
                ZenohSession.open(client.withCredentials(new Credentials("module", "secret")), PATIENCE)) {
            assertThat(session.counters().isConnected()).isTrue();
        }
    }

    @Test
    void shouldKnowTheCertificateOfItsPeer(@TempDir Path folder) throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        PemFiles own = certificates.issue("router", TestCertificates.Algorithm.EC);
        PemFiles module = certificates.issue("module", TestCertificates.Algorithm.EC);
        acceptor = new LoopbackAcceptor(
                TransportSettings.of(ZenohId.random(), WhatAmI.ROUTER),
                new TlsContext(own.context(), false, true),
                null);
        SessionSettings client = SessionSettings.client(acceptor.endpoint());

        try (ZenohSession session =
                ZenohSession.open(client.withTls(new TlsContext(module.context(), true, false)), PATIENCE)) {
            session.put(KeyExpression.of("a"), Payloads.counting(1_000_000), PublishOptions.DEFAULT.blocking());

            assertThat(next(acceptor.transports).certificate())
                    .get()
                    .satisfies(certificate ->
                            assertThat(certificate.getSubjectX500Principal()).hasToString("CN=module"));
            assertThat(next(acceptor.messages)).isInstanceOf(NetworkMessage.Push.class);
        }
        assertThat(next(acceptor.ends)).isEqualTo(new TransportEnd.ClosedByPeer(CloseReason.GENERIC));
    }

    @Test
    void shouldEndOnlyTheSessionOfAPeerThatSendsNonsense() throws Exception {
        acceptor = new LoopbackAcceptor();
        try (ZenohSession good = ZenohSession.open(SessionSettings.client(acceptor.endpoint()), PATIENCE);
                Socket bad = new Socket("127.0.0.1", acceptor.endpoint().port())) {
            // InitSyn and the lengths of an HTTP request.
            bad.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".repeat(2000).getBytes(StandardCharsets.US_ASCII));

            assertThat(next(acceptor.refused)).isInstanceOf(IOException.class);
            good.put(KeyExpression.of("a"), Payloads.counting(10), PublishOptions.DEFAULT.blocking());
            assertThat(next(acceptor.messages)).isInstanceOf(NetworkMessage.Push.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "25007d00ffff", // a publication that ends too early
                "2500ff", // an unknown message in a frame
                "1f", // an unknown transport message
                "01", // an InitSyn once more
                "a500f100", // an unknown mandatory extension
                "2500fd0001618020ffffffffffffffffff0101", // an extension that is longer than the batch
            })
    void shouldTellAPeerThatSendsNonsenseAfterTheHandshake(String hex) throws Exception {
        acceptor = new LoopbackAcceptor();
        try (Socket bad = new Socket("127.0.0.1", acceptor.endpoint().port())) {
            RawHandshake.open(bad);
            next(acceptor.transports);

            RawHandshake.send(bad, HexFormat.of().parseHex(hex));

            assertThat(next(acceptor.ends)).isInstanceOf(TransportEnd.ProtocolViolated.class);
            assertThat(RawHandshake.receive(bad)).startsWith(0x23, CloseReason.INVALID.ordinal());
        }
    }

    @Test
    void shouldNotBeMadeToHoldAMessageBeyondItsLimit() throws Exception {
        acceptor = new LoopbackAcceptor(
                TransportSettings.of(ZenohId.random(), WhatAmI.ROUTER).withSizes(0xffff, 1 << 20, 4), null, null);
        SessionSettings large = SessionSettings.client(acceptor.endpoint());
        try (ZenohSession session = ZenohSession.open(large, PATIENCE)) {

            session.put(KeyExpression.of("a"), Payloads.counting(2 << 20), PublishOptions.DEFAULT.blocking());
            session.put(KeyExpression.of("b"), Payloads.counting(10), PublishOptions.DEFAULT.blocking());

            assertThat(next(acceptor.messages))
                    .isInstanceOfSatisfying(
                            NetworkMessage.Push.class,
                            push -> assertThat(push.key().suffix()).isEqualTo("b"));
            assertThat(next(acceptor.transports).counters().incompleteMessages())
                    .isPositive();
            assertThatThrownBy(() ->
                            session.put(KeyExpression.of("a"), Payloads.counting(65 << 20), PublishOptions.DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("67108864");
        }
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
