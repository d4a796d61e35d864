package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.full.ReadmeBlocks.Block;
import org.junit.jupiter.api.Test;

class ReadmeBlocksTest {

    @Test
    void shouldReadOnlyMarkedBlocks() {
        String document = """
                # Title

                ```sh
                not marked
                ```

                <!-- quick-start: log-in -->
                ```sh
                first line
                second line
                ```
                """;

        assertThat(ReadmeBlocks.parse(document).blocks())
                .containsExactly(new Block("log-in", "first line\nsecond line"));
    }

    @Test
    void shouldRefuseAMarkWithoutABlock() {
        assertThatThrownBy(() -> ReadmeBlocks.parse("text\n<!-- quick-start: start -->\nno block\n```\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void shouldRefuseABlockThatIsNotClosed() {
        assertThatThrownBy(() -> ReadmeBlocks.parse("<!-- quick-start: start -->\n```sh\n./mm run\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 1");
    }
}
