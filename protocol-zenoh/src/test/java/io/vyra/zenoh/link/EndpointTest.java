package io.vyra.zenoh.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(strings = {"tcp/127.0.0.1:7447", "tls/robot.local:0", "tcp/[::1]:65535"})
    void shouldReadAndWriteEndpoints(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }

    @Test
    void shouldTakeThemApart() {
        assertThat(Endpoint.parse("tls/[fe80::1]:7447"))
                .isEqualTo(new Endpoint(Endpoint.Protocol.TLS, "fe80::1", 7447));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tcp",
                "tcp/",
                "tcp/host",
                "tcp/host:",
                "tcp/host:x",
                "tcp/:1",
                "udp/host:1",
                "tcp/h:65536",
                "tcp/h:1?x",
                "tcp:1/"
            })
    void shouldRefuseAnythingElse(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not an endpoint such as tcp/127.0.0.1:7447");
    }
}
