package io.vyra.module.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class JsonFuzzTest {
    /** Whatever text comes is read or refused; what was read is written so that it reads the same. */
    @FuzzTest(maxDuration = "10s")
    void shouldReadOrRefuseAnyText(FuzzedDataProvider data) throws MalformedJsonException {
        JsonObject read;
        try {
            read = JsonObject.parse(data.consumeRemainingAsString());
        } catch (MalformedJsonException e) {
            assertThat(e).hasMessageStartingWith("No JSON at character ");
            return;
        }
        assertThat(JsonObject.parse(read.toString())).isEqualTo(read);
    }
}
