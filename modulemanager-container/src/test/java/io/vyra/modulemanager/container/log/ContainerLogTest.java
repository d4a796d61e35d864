package io.vyra.modulemanager.container.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.container.engine.LogPiece;
import io.vyra.modulemanager.runtime.FolderWatch;
import io.vyra.modulemanager.runtime.LogFiles;
import io.vyra.modulemanager.runtime.LogRotation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogTest {
    @TempDir
    Path folder;

    private final FolderWatch watch = new FolderWatch();

    @AfterEach
    void close() {
        watch.close();
    }

    private void take(LogRotation rotation, String... pieces) throws IOException {
        LogFiles files = new LogFiles(folder, watch);
        try (LogWriter writer = new LogWriter(folder, rotation)) {
            LineTaker taker = new LineTaker(writer, LogPosition.after(files.tail(100)));
            for (String piece : pieces) {
                boolean isError = piece.startsWith("!");
                taker.take(
                        new LogPiece(isError, (isError ? piece.substring(1) : piece).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private List<LogLine> lines() {
        return new LogFiles(folder, watch).tail(LogFiles.MOST_LINES);
    }

    private List<String> texts() {
        return lines().stream().map(LogLine::text).toList();
    }

    @Test
    void shouldWriteWhatTheEngineSays() throws IOException {
        take(
                LogRotation.DEFAULT,
                "2026-01-01T00:00:01.000000001Z one\n",
                "!2026-01-01T00:00:02.5+00:00 two and a half\r\n",
                "2026-01-01T00:00:03Z \n",
                "2026-01-01T00:00:04Z a\n2026-01-01T00:00:05Z b\n");

        assertThat(lines())
                .extracting(line -> line.at() + "|" + line.stream() + "|" + line.text())
                .containsExactly(
                        "2026-01-01T00:00:01.000000001Z|stdout|one",
                        "2026-01-01T00:00:02.500Z|stderr|two and a half",
                        "2026-01-01T00:00:03Z|stdout|",
                        "2026-01-01T00:00:04Z|stdout|a",
                        "2026-01-01T00:00:05Z|stdout|b");
    }

    @Test
    void shouldGoOnBehindTheLastLine() throws IOException {
        String[] all = {
            "2026-01-01T00:00:01Z one\n",
            "2026-01-01T00:00:02Z two\n",
            "2026-01-01T00:00:02Z two again\n",
            "2026-01-01T00:00:02Z two once more\n",
            "2026-01-01T00:00:03Z three\n"
        };
        take(LogRotation.DEFAULT, all[0], all[1], all[2]);

        take(LogRotation.DEFAULT, all);

        assertThat(texts()).containsExactly("one", "two", "two again", "two once more", "three");
    }

    @Test
    void shouldKeepALineWithoutATime() throws IOException {
        take(LogRotation.DEFAULT, "odd\n", "2026-01-01T00:00:01Z even\n");

        assertThat(texts()).containsExactly("odd", "even");
    }

    @Test
    void shouldBeginANewLineWhereAnEarlierManagerWasKilledWithinOne() throws IOException {
        Files.writeString(folder.resolve("module.log"), "2026-01-01T00:00:01Z stdout F one\n2026-01-01T00:00:02Z stdo");

        take(LogRotation.DEFAULT, "2026-01-01T00:00:03Z three\n");

        assertThat(texts()).startsWith("one").endsWith("three").hasSize(3);
    }

    @Test
    void shouldRotateAsShimsDo() throws IOException {
        LogRotation rotation = new LogRotation(65_536, 2);
        String text = "x".repeat(1_000);
        for (int i = 0; i < 300; i++) {
            take(
                    rotation,
                    String.format(java.util.Locale.ROOT, "2026-01-01T00:%02d:%02dZ %d %s%n", i / 60, i % 60, i, text));
        }

        assertThat(folder.resolve("module.log.1")).exists();
        assertThat(folder.resolve("module.log.2")).exists();
        assertThat(folder.resolve("module.log.3")).doesNotExist();
        assertThat(Files.size(folder.resolve("module.log"))).isLessThanOrEqualTo(65_536);
        assertThat(texts()).last().asString().startsWith("299 ");
        int first = Integer.parseInt(texts().getFirst().split(" ")[0]);
        assertThat(texts()).hasSize(300 - first);
    }
}
