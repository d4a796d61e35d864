package io.vyra.module.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    @Test
    void shouldReadEveryKindOfValue() throws MalformedJsonException {
        JsonObject read = JsonObject.parse(
                " {\"t\":\"a\\u00e9\\n\\\"\\/\",\"w\":-12,\"n\":1.5e2,\"y\":true,\"o\":{\"x\":null},\"l\":[1,[],{}],\"big\":12345678901234567890} ");

        assertThat(read.text("t")).contains("aé\n\"/");
        assertThat(read.get("w")).isEqualTo(-12L);
        assertThat(read.get("n")).isEqualTo(150.0);
        assertThat(read.get("y")).isEqualTo(true);
        assertThat(((JsonObject) read.get("o")).has("x")).isTrue();
        assertThat(read.get("l")).isEqualTo(List.of(1L, List.of(), JsonObject.EMPTY));
        assertThat(read.number("big")).contains(12345678901234567890.0);
    }

    @Test
    void shouldWriteWhatItReads() throws MalformedJsonException {
        JsonObject object = JsonObject.of("text", "quote \" slash \\ bell \u0007 ä 🤖 half \ud83e")
                .with("none", null)
                .with("list", Arrays.asList(1, 2.5, false, null, List.of()))
                .with("object", Map.of("deep", Map.of()));

        assertThat(JsonObject.parse(object.toString())).isEqualTo(object);
        assertThat(object.toString()).contains("\\u0007", "🤖", "\\ud83e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":+1}",
                "{\"a\":-}",
                "{\"a\":1e}",
                "{\"a\":1e999}",
                "{\"a\":NaN}",
                "{\"a\":tru}",
                "{\"a\":\"x}",
                "{\"a\":\"\\q\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":[1 2]}",
                "{\"a\":[1,]}",
                "{}{}",
                "{} x",
                "{\"a\":0",
                "{\"a\":'x'}",
                "{\"a\":1}//",
                "\u00a0{}"
            })
    void shouldRefuseWhatIsNoObject(String text) {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonObject.parse(text))
                .withMessageMatching("No JSON at character \\d+: .+");
    }

    @Test
    void shouldRefuseWhatIsTooDeepOrTooLong() throws MalformedJsonException {
        String deepest = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
        assertThat(JsonObject.parse(deepest).has("a")).isTrue();

        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonObject.parse("{\"a\":" + "[".repeat(100_000)))
                .withMessageContaining("32 levels deep");
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonObject.parse("{\"a\":\"" + "x".repeat(1 << 20) + "\"}"))
                .withMessageContaining("more than 1048576 characters");
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonObject.parse("{\"a\":" + "9".repeat(65) + "}"))
                .withMessageContaining("64 characters");
    }

    @Test
    void shouldHoldOnlyWhatJsonHas() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonObject.of("a", Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonObject.of("a", new Object()));
    }
}
