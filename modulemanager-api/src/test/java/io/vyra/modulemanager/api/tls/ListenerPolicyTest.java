package io.vyra.modulemanager.api.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vertx.core.http.HttpServerOptions;
import io.vyra.modulemanager.api.config.ApiConfiguration;
import io.vyra.modulemanager.api.config.Configurations;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerPolicyTest {
    private static HttpServerOptions customized(String host, Map<String, String> configuration) {
        HttpServerOptions options = new HttpServerOptions().setHost(host);
        ApiConfiguration mapped = Configurations.of(configuration);
        new ListenerPolicy(mapped, InstantSource.system()).customizeHttpServer(options);
        return options;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
    void shouldServePlainHttpOnLoopback(String host) {
        assertThat(customized(host, Map.of()).isSsl()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void shouldRefusePlainHttpElsewhere(String host) {
        assertThatIllegalStateException()
                .isThrownBy(() -> customized(host, Map.of()))
                .withMessageContaining("--tls")
                .withMessageContaining("--insecure-http");
    }

    @Test
    void shouldServePlainHttpElsewhereWhenToldTo() {
        assertThat(customized("0.0.0.0", Map.of("vyra.insecure-http", "true")).isSsl())
                .isFalse();
    }

    @Test
    void shouldServeHttpsWithAnOwnCertificate(@TempDir Path data) {
        HttpServerOptions options =
                customized("0.0.0.0", Map.of("vyra.tls.self-signed", "true", "vyra.data", data.toString()));

        assertThat(options.isSsl()).isTrue();
        assertThat(data.resolve("tls/certificate.pem")).exists();
    }

    @Test
    void shouldRefuseACertificateWithoutItsKey() {
        assertThatIllegalStateException()
                .isThrownBy(() -> customized("127.0.0.1", Map.of("vyra.tls.certificate", "x.pem")))
                .withMessageContaining("vyra.tls.key");
    }
}
