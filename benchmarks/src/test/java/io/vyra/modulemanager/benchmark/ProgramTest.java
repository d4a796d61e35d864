package io.vyra.modulemanager.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void shouldGiveWhatItPrinted() throws Exception {
        Program program = new Program(folder, Map.of()).with("NAME", "value");

        String printed = program.run(LIMIT, List.of("sh", "-c", "pwd; echo $NAME >&2"));

        assertThat(printed).isEqualTo(folder.toRealPath() + "\nvalue");
    }

    @Test
    void shouldSayHowItFailedAndWhatItPrinted() {
        Program program = new Program(folder, Map.of());

        assertThatThrownBy(() -> program.run(LIMIT, List.of("sh", "-c", "echo why; exit 3")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended with code 3")
                .hasMessageContaining("why");
    }

    @Test
    void shouldEndWhatTakesTooLong() {
        Program program = new Program(folder, Map.of());

        assertThatThrownBy(() -> program.run(Duration.ofMillis(200), List.of("sleep", "60")))
                .hasMessageContaining("did not end within PT0.2S");
    }
}
