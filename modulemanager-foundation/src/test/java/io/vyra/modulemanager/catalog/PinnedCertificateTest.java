package io.vyra.modulemanager.catalog;

import static io.vyra.modulemanager.catalog.CatalogFixtures.clients;
import static io.vyra.modulemanager.catalog.CatalogFixtures.repository;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.state.Database;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a self-signed certificate for another host name. */
class PinnedCertificateTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private RepositoryServer server;
    private String fingerprint;
    private Database database;
    private final RepositoryClients clients = clients();

    @BeforeEach
    void startServer() throws Exception {
        KeyStore keys = selfSigned();
        fingerprint = CertificatePin.fingerprintOf((X509Certificate) keys.getCertificate("server"));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = new RepositoryServer(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), "https");
        server.on("/index.json", RepositoryServer.ok("{\"modules\":[]}"));
        database = Database.open(folder.resolve("state"));
    }

    /** The JDK has no public API to make certificates; its keytool has. */
    private KeyStore selfSigned() throws Exception {
        Path file = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=other.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    @AfterEach
    void stopServer() throws Exception {
        clients.close();
        server.close();
        database.close();
    }

    private RepositoryStatus refreshWith(Optional<String> pin) {
        RepositoryStore store = new RepositoryStore(database);
        Repository plain = repository("main", server.url());
        store.add(new Repository(plain.id(), plain.name(), plain.url(), 1, true, "", Optional.empty(), pin));
        return new RepositoryRefresher(store, clients, folder.resolve("cache"), Clock.systemUTC()).refresh("main");
    }

    @Test
    void shouldTrustThePinnedCertificateWhateverItsNameAndIssuer() {
        assertThat(refreshWith(Optional.of(fingerprint)).problem()).isEmpty();
    }

    @Test
    void shouldTakeAFingerprintWithColonsAndCapitals() {
        String written = fingerprint.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");

        assertThat(refreshWith(Optional.of(written)).problem()).isEmpty();
    }

    @Test
    void shouldRefuseAnyOtherCertificateAndNameBoth() {
        RepositoryStatus status = refreshWith(Optional.of("0".repeat(64)));

        assertThat(status.problem().orElseThrow().detail()).contains("TLS failed", fingerprint, "0".repeat(64));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldRefuseASelfSignedCertificateThatIsNotPinned() {
        RepositoryStatus status = refreshWith(Optional.empty());

        assertThat(status.problem().orElseThrow().detail()).contains("TLS failed");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldRefuseARedirectThatGivesUpEncryption() throws Exception {
        try (RepositoryServer plain = new RepositoryServer()) {
            server.on("/index.json", RepositoryServer.redirect(plain.url() + "index.json"));

            RepositoryStatus status = refreshWith(Optional.of(fingerprint));

            assertThat(status.problem().orElseThrow().detail()).contains("from https to http");
            assertThat(plain.requests()).isEmpty();
        }
    }
}
