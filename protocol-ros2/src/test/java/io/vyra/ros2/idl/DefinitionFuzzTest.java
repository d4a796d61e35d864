package io.vyra.ros2.idl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, a definition comes of it or the one exception. Searches on when {@code JAZZER_FUZZ=1} is set. */
class DefinitionFuzzTest {
    static Stream<Arguments> seeds() {
        return Stream.of(
                        "string<=10[<=5] names [\"a\", 'b']\n",
                        "uint64 X=0xff\nfloat32[3] a [1, 2e3, .5]\n",
                        "---\n---\n",
                        "wstring TEXT=\"a # b\"\nstd_msgs/msg/Header[] h\n",
                        "int32 \t x\t -5 # c\r\n",
                        "[[[[\"",
                        "")
                .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (String name : new String[] {"a/msg/B", "a/srv/B", "a/action/B"}) {
            try {
                assertThat(DefinitionParser.parse(TypeName.parse(name), "file", text)
                                .name())
                        .hasToString(name);
            } catch (DefinitionException e) {
                assertThat(e).hasMessageStartingWith("file");
            }
        }
    }
}
