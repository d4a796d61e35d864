package io.vyra.ros2.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonFormTest {
    @Test
    void shouldFillDefaults() {
        Map<String, Object> value = JsonForm.fromJson(Probes.PROBE, Map.of());

        assertThat(value)
                .containsEntry("flag", true)
                .containsEntry("i8", -1L)
                .containsEntry("u64", new BigInteger("18446744073709551615"))
                .containsEntry("f32", 0.5f)
                .containsEntry("text", "ab")
                .containsEntry("pair", List.of(0L, 0L));
        assertThat((byte[]) value.get("three_octets")).containsExactly(1, 2, 3);
    }

    @Test
    void shouldWriteSixtyFourBitsAsText() {
        Map<String, Object> json =
                JsonForm.toJson(Probes.PROBE, JsonForm.fromJson(Probes.PROBE, Map.of("i64", Long.MIN_VALUE)));

        assertThat(json).containsEntry("i64", "-9223372036854775808").containsEntry("u64", "18446744073709551615");
    }

    @Test
    void shouldTakeWholeNumbersInEveryForm() {
        assertThat(i64("9007199254740993")).isEqualTo(9007199254740993L);
        assertThat(i64(new BigDecimal("1e2"))).isEqualTo(100L);
        assertThat(i64(3.0)).isEqualTo(3L);
        assertThat(i64(7)).isEqualTo(7L);
    }

    @Test
    void shouldTakeBytesAsBase64AndAsNumbers() {
        assertThat((byte[]) read("octets", "AQL/")).containsExactly(1, 2, -1);
        assertThat((byte[]) read("octets", List.of(1, 2, 255))).containsExactly(1, 2, -1);
    }

    @Test
    void shouldTakeWhatIsNoNumberAsText() {
        assertThat(read("f64", "NaN")).isEqualTo(Double.NaN);
        assertThat(read("f32", "-Infinity")).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(read("f32", new BigDecimal("0.1"))).isEqualTo(0.1f);
    }

    @Test
    void shouldRefuseWhatIsNoValue() {
        refuse("i64", 1.5, "/i64: a whole number is expected, not 1.5");
        refuse("i64", new BigDecimal("1e999999999"), "a whole number is expected");
        refuse("i64", "9223372036854775808", "int64 is");
        refuse("i32", "5", "a whole number is expected, not the text \"5\"");
        refuse("u8", 256, "/u8: uint8 is 0 to 255, not 256");
        refuse("flag", 1, "true or false is expected");
        refuse("f32", 1e300, "float32 does not hold");
        refuse("f64", "12", "a number, \"NaN\"");
        refuse("short_text", "äö", "longer than 3");
        refuse("octets", "%%", "not Base64");
        refuse("octets", List.of(1, 300), "/octets/1: uint8 is");
        refuse("pair", List.of(1), "/pair: the array has 2 elements, not 1");
        refuse("flags", List.of(true, true, true), "at most 2 elements, not 3");
        refuse("header", Map.of("stamp", Map.of("sec", "x")), "/header/stamp/sec: ");
        refuse("texts", Arrays.asList("a", null), "/texts/1: a text is expected, not null");
        refuse("unknown", 1, "/unknown: probe_msgs/msg/Probe has no member of that name");
        assertThatThrownBy(() -> JsonForm.fromJson(Probes.PROBE, Collections.singletonMap("i8", null)))
                .hasMessageContaining("not null");
    }

    private static Object i64(Object json) {
        return read("i64", json);
    }

    private static Object read(String member, Object json) {
        return JsonForm.fromJson(Probes.PROBE, Map.of(member, json)).get(member);
    }

    private static void refuse(String member, Object json, String problem) {
        assertThatThrownBy(() -> JsonForm.fromJson(Probes.PROBE, Map.of(member, json)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(problem);
    }
}
