package io.vyra.modulemanager.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiConfigurationTest {
    @Test
    void shouldHaveSafeDefaults() {
        ApiConfiguration configuration = Configurations.of(Map.of());

        assertThat(configuration.data()).isEqualTo(Path.of("data"));
        assertThat(configuration.distribution()).isEqualTo(ApiConfiguration.Distribution.FULL);
        assertThat(configuration.slim()).isFalse();
        assertThat(configuration.ui()).isEmpty();
        assertThat(configuration.rootPath()).isEmpty();
        assertThat(configuration.trustedProxies()).isEmpty();
        assertThat(configuration.insecureHttp()).isFalse();
        assertThat(configuration.upload().maxSize().asLongValue()).isEqualTo(2L << 30);
        assertThat(configuration.metrics().open()).isFalse();
        assertThat(configuration.metrics().token()).isEmpty();
        assertThat(configuration.tls().selfSigned()).isFalse();
        assertThat(configuration.tls().certificate()).isEmpty();
        assertThat(configuration.tls().key()).isEmpty();
    }

    @Test
    void shouldTakeEveryKey() {
        ApiConfiguration configuration = Configurations.of(Map.ofEntries(
                Map.entry("vyra.data", "/d"),
                Map.entry("vyra.distribution", "slim"),
                Map.entry("vyra.slim", "true"),
                Map.entry("vyra.ui", "/u"),
                Map.entry("vyra.root-path", "/r"),
                Map.entry("vyra.trusted-proxies", "192.0.2.1,192.0.2.2"),
                Map.entry("vyra.insecure-http", "true"),
                Map.entry("vyra.upload.max-size", "5M"),
                Map.entry("vyra.metrics.open", "true"),
                Map.entry("vyra.metrics.token", "t"),
                Map.entry("vyra.tls.self-signed", "true"),
                Map.entry("vyra.tls.certificate", "/c"),
                Map.entry("vyra.tls.key", "/k")));

        assertThat(configuration.data()).isEqualTo(Path.of("/d"));
        assertThat(configuration.distribution()).isEqualTo(ApiConfiguration.Distribution.SLIM);
        assertThat(configuration.slim()).isTrue();
        assertThat(configuration.ui()).contains(Path.of("/u"));
        assertThat(configuration.rootPath()).contains("/r");
        assertThat(configuration.trustedProxies()).contains(List.of("192.0.2.1", "192.0.2.2"));
        assertThat(configuration.insecureHttp()).isTrue();
        assertThat(configuration.upload().maxSize().asLongValue()).isEqualTo(5L << 20);
        assertThat(configuration.metrics().open()).isTrue();
        assertThat(configuration.metrics().token()).contains("t");
        assertThat(configuration.tls().selfSigned()).isTrue();
        assertThat(configuration.tls().certificate()).contains(Path.of("/c"));
        assertThat(configuration.tls().key()).contains(Path.of("/k"));
    }

    @Test
    void shouldRefuseAnUnknownKey() {
        assertThatThrownBy(() -> Configurations.of(Map.of("vyra.uplod.max-size", "5M")))
                .hasMessageContaining("uplod");
    }
}
