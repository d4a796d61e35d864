package io.vyra.zenoh.session;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.PemFiles;
import io.vyra.zenoh.link.TlsContext;
import io.vyra.zenoh.peer.Payloads;
import io.vyra.zenoh.peer.PythonPeer;
import io.vyra.zenoh.peer.TestCertificates;
import io.vyra.zenoh.transport.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and passwords, in front of a router of the reference implementation. */
class SecurityInteropTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static PemFiles routerFiles;
    private static PemFiles clientFiles;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new TestCertificates(folder);
        routerFiles = certificates.issue("router", TestCertificates.Algorithm.RSA);
        clientFiles = certificates.issue("module", TestCertificates.Algorithm.EC);
    }

    @Test
    void shouldTalkThroughTls() throws Exception {
        try (PythonPeer router = tlsRouter(false)) {
            router.tell("subscribe", "s", "tls/a");
            router.tell("queryable", "q", "tls/service", "echo");
            TlsContext trusting =
                    new TlsContext(new PemFiles(certificates.authority(), null, null).context(), true, false);
            SessionSettings settings = SessionSettings.client(router.endpoint()).withTls(trusting);

            try (ZenohSession session = ZenohSession.open(settings, PATIENCE)) {
                session.put(KeyExpression.of("tls/a"), Payloads.counting(1_000_000), PublishOptions.DEFAULT.blocking());

                assertThat(session.get("tls/service", QueryOptions.DEFAULT).all())
                        .hasSize(1);
                assertThat(router.awaitEvents("sample", "s", 1).getFirst().get(4))
                        .isEqualTo(Payloads.described(Payloads.counting(1_000_000)));
            }
        }
    }

    @Test
    void shouldShowItsCertificateWhereItIsAskedTo() throws Exception {
        try (PythonPeer router = tlsRouter(true)) {
            TlsContext own = new TlsContext(clientFiles.context(), true, false);
            TlsContext none = new TlsContext(new PemFiles(certificates.authority(), null, null).context(), true, false);
            SessionSettings settings = SessionSettings.client(router.endpoint());

            try (ZenohSession session = ZenohSession.open(settings.withTls(own), PATIENCE)) {
                assertThat(session.counters().isConnected()).isTrue();
            }
            awaitRefused(settings.withTls(none), "No Zenoh router was reached");
        }
    }

    @Test
    void shouldRefuseARouterThatNobodyVouchesFor() throws Exception {
        try (PythonPeer router = tlsRouter(false)) {
            Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
            TestCertificates others = new TestCertificates(elsewhere);
            TlsContext wrong = new TlsContext(new PemFiles(others.authority(), null, null).context(), true, false);

            awaitRefused(SessionSettings.client(router.endpoint()).withTls(wrong), "Cannot connect to tls/");
            awaitRefused(SessionSettings.client(router.endpoint()), "needs TLS");
        }
    }

    @Test
    void shouldProveItselfWithAPassword() throws Exception {
        Path users = Files.writeString(folder.resolve("users.txt"), "module:secret\nother:password\n");
        Map<String, String> settings = Map.of(
                "transport/auth/usrpwd/dictionary_file",
                "\"" + users + "\"",
                "transport/auth/usrpwd/user",
                "\"router\"",
                "transport/auth/usrpwd/password",
                "\"router\"");
        try (PythonPeer router = PythonPeer.router(PythonPeer.freeEndpoint(), settings)) {
            SessionSettings client = SessionSettings.client(router.endpoint());

            try (ZenohSession session =
                    ZenohSession.open(client.withCredentials(new Credentials("module", "secret")), PATIENCE)) {
                assertThat(session.counters().isConnected()).isTrue();
            }
            Credentials wrong = new Credentials("module", "password");
            awaitRefused(client.withCredentials(wrong), "refuses the connection", "password");
            awaitRefused(client, "refuses the connection");
            awaitRefused(client.withCredentials(wrong.whereAsked()), "refuses the connection");
        }
    }

    @Test
    void shouldBeAnonymousWhereItsPasswordIsNotAskedFor() throws Exception {
        try (PythonPeer router = PythonPeer.router();
                ZenohSession session = ZenohSession.open(
                        SessionSettings.client(router.endpoint())
                                .withCredentials(new Credentials("module", "secret").whereAsked()),
                        PATIENCE)) {
            assertThat(session.counters().isConnected()).isTrue();
        }
    }

    @Test
    void shouldSayThatTheRouterAsksForNoPassword() throws Exception {
        try (PythonPeer router = PythonPeer.router()) {
            awaitRefused(
                    SessionSettings.client(router.endpoint()).withCredentials(new Credentials("module", "secret")),
                    "does not ask for a user and password");
        }
    }

    /** The first attempt may take longer than the patience of one that is made to fail. */
    private static void awaitRefused(SessionSettings settings, String... words) {
        await().untilAsserted(() -> assertThatThrownBy(() -> ZenohSession.open(settings, SHORT))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(words));
    }

    private static PythonPeer tlsRouter(boolean isMutual) throws IOException {
        Endpoint free = PythonPeer.freeEndpoint();
        Map<String, String> settings = new TreeMap<>();
        settings.put("transport/link/tls/listen_private_key", "\"" + routerFiles.key() + "\"");
        settings.put("transport/link/tls/listen_certificate", "\"" + routerFiles.certificate() + "\"");
        if (isMutual) {
            settings.put("transport/link/tls/root_ca_certificate", "\"" + certificates.authority() + "\"");
            settings.put("transport/link/tls/enable_mtls", "true");
        }
        return PythonPeer.router(new Endpoint(Endpoint.Protocol.TLS, "127.0.0.1", free.port()), settings);
    }
}
