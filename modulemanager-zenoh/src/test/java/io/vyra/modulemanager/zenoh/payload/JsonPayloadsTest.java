package io.vyra.modulemanager.zenoh.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.zenoh.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPayloadsTest {
    private final JsonPayloads payloads = new JsonPayloads(1_000);

    @Test
    void shouldReadWhatPythonWrites() throws Exception {
        assertThat(payloads.read(Bytes.of("{\"a\": NaN, \"b\": -Infinity, \"c\": \"ü\", \"d\": {}}"))
                        .path("c")
                        .textValue())
                .isEqualTo("ü");
        assertThat(payloads.readOrEmpty(Bytes.EMPTY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "\"x\"",
                "{",
                "{\"a\":1}{}",
                "{\"a\":1,\"a\":2}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1}x"
            })
    void shouldRefuse(String text) {
        assertThatThrownBy(() -> payloads.read(Bytes.of(text))).isInstanceOf(BadPayloadException.class);
    }

    @Test
    void shouldRefuseWhatIsTooLargeOrTooDeepAndNotQuoteIt() {
        String secret = "hunter2".repeat(200);
        assertThatThrownBy(() -> payloads.read(Bytes.of("{\"a\":\"" + secret + "\"}")))
                .isInstanceOf(BadPayloadException.class)
                .hasMessageContaining("at most 1000")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("hunter2"));
        assertThatThrownBy(() -> payloads.read(Bytes.of("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}")))
                .hasMessageContaining("levels deep");
        assertThatThrownBy(() -> payloads.read(Bytes.of("{\"hunter2\":1,\"hunter2\":2}")))
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("hunter2"));
        assertThatThrownBy(() -> payloads.read(Bytes.wrap(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})))
                .isInstanceOf(BadPayloadException.class);
    }
}
