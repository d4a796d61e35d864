package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.container.engine.DockerEngine;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineAddress;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.engine.EngineFacts;
import io.vyra.modulemanager.container.engine.EngineTls;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A Docker that is reached over TCP and lets in only whom its authority has signed for. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineOverTlsIT {
    private TestCertificates certificates;
    private TestEngine engine;
    private EngineAddress address;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        certificates = new TestCertificates(folder);
        int port = freePort();
        engine = TestEngine.dockerOverTls(certificates, port);
        address = EngineAddress.of("tcp://127.0.0.1:" + port);
    }

    @AfterAll
    void stop() {
        if (engine != null) {
            engine.close();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Engine client(Path files) {
        return new DockerEngine(address, Optional.of(new EngineTls(files)));
    }

    @Test
    void shouldRunAModuleOverTls(@TempDir Path folder) throws Exception {
        ModuleId module = ModuleId.random("remote");
        try (TestGround ground = new TestGround(folder);
                ContainerRuntime runtime = ground.runtime(client(certificates.client()), "host")) {
            ground.image(TestImage.gzip(new TestImage().shell().full("remote:1")));

            ModuleProcess process = runtime.start(TestLaunch.of(module, ground.module())
                    .running(List.of("/bin/sh"), "-c", "echo over TLS; exit 3")
                    .build());

            var evidence = process.exit().get(60, TimeUnit.SECONDS);
            assertThat(evidence.code()).hasValue(3);
            assertThat(evidence.lastLines()).containsExactly("over TLS");
            runtime.forget(module);
            runtime.retain(Map.of());
        }
    }

    private void shouldSay(Path files, String... words) {
        try (Engine client = client(files)) {
            assertThatThrownBy(client::facts).isInstanceOfSatisfying(EngineException.class, failure -> {
                assertThat(failure.isUnreachable()).isTrue();
                assertThat(failure).hasMessageContainingAll(words);
            });
        }
    }

    @Test
    void shouldSayThatItDoesNotTrustTheEngine() throws IOException {
        Path files = certificates.distrustfulClient();

        shouldSay(files, "no certificate of " + files.resolve("ca.pem"), address.toString());
    }

    @Test
    void shouldSayThatTheEngineDoesNotTakeItsCertificate() throws IOException {
        Path files = certificates.strangeClient();

        shouldSay(files, "may not take " + files.resolve("cert.pem"), "--tlscacert");
    }

    @Test
    void shouldSayThatItsCertificateHasExpired() throws IOException {
        Path files = certificates.expiredClient();

        shouldSay(files, "does not take " + files.resolve("cert.pem"), "has expired on");
    }

    @Test
    void shouldSayThatTheEngineIsAtAnotherAddress() throws IOException {
        EngineAddress byName =
                EngineAddress.of("tcp://localhost:" + address.uri().getPort());
        try (Engine client = new DockerEngine(byName, Optional.of(new EngineTls(certificates.client())))) {
            assertThatThrownBy(client::facts)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("for another machine")
                    .hasMessageContaining("localhost");
        }
    }

    @Test
    void shouldSayThatNoTlsIsSpokenThere() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (true) {
                    try (var connection = plain.accept()) {
                        connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                        connection.getInputStream().read(new byte[4_096]);
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            EngineAddress there = EngineAddress.of("tcp://127.0.0.1:" + plain.getLocalPort());
            try (Engine client = new DockerEngine(there, Optional.of(new EngineTls(certificates.client())))) {
                assertThatThrownBy(client::facts)
                        .isInstanceOf(EngineException.class)
                        .hasMessageContaining("does not speak TLS there");
            }
        }
    }

    @Test
    void shouldNotBeReachedWithoutACertificate() {
        try (Engine client = new DockerEngine(address, Optional.empty())) {
            assertThatThrownBy(client::facts)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("HTTPS");
        }
    }

    @Test
    void shouldSayWhatTheEngineIsButNotWhereItsDiskIs() throws IOException {
        try (Engine client = client(certificates.client())) {
            assertThat(client.facts().kind()).isEqualTo(EngineFacts.Kind.DOCKER);
            assertThat(client.facts().dataRoot()).isEmpty();
        }
    }
}
