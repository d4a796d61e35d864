package io.vyra.modulemanager.container.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.runtime.LogRotation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogMergeTest {
    private static final String OLD = "2026-01-01T00:00:01Z stdout F old\n";
    private static final String NEW = "2026-01-01T00:00:00.5Z stderr P new  with spaces \r é\n";

    @TempDir
    Path to;

    private Path from;

    @BeforeEach
    void open() throws IOException {
        from = Files.createDirectory(to.resolve("beside"));
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String log() throws IOException {
        return Files.readString(to.resolve("module.log"));
    }

    @Test
    void shouldPutOneLogBehindTheOther() throws IOException {
        write(to, "module.log", OLD);
        write(from, "module.log.1", NEW);
        write(from, "module.log", NEW.replace("new", "newer"));

        LogMerge.move(from, to, LogRotation.DEFAULT);

        assertThat(log()).isEqualTo(OLD + NEW + NEW.replace("new", "newer"));
        assertThat(from).isEmptyDirectory();
    }

    @Test
    void shouldMoveNothingTwice() throws IOException {
        write(to, "module.log", OLD + NEW);
        write(from, "module.log", NEW);

        LogMerge.move(from, to, LogRotation.DEFAULT);
        LogMerge.move(from, to, LogRotation.DEFAULT);

        assertThat(log()).isEqualTo(OLD + NEW);
        assertThat(from).isEmptyDirectory();
    }

    @Test
    void shouldKeepBytesThatAreNoText() throws IOException {
        byte[] line = "2026-01-01T00:00:00Z stdout F x\n".getBytes(StandardCharsets.ISO_8859_1);
        line[line.length - 2] = (byte) 0xff;
        Files.write(from.resolve("module.log"), line);

        LogMerge.move(from, to, LogRotation.DEFAULT);

        assertThat(to.resolve("module.log")).hasBinaryContent(line);
    }

    @Test
    void shouldRotateWhatGetsTooLarge() throws IOException {
        String full = OLD.repeat(65_536 / OLD.length());
        write(to, "module.log", full);
        write(from, "module.log", NEW);

        LogMerge.move(from, to, new LogRotation(65_536, 2));

        assertThat(log()).isEqualTo(NEW);
        assertThat(to.resolve("module.log.1")).hasContent(full);
    }

    @Test
    void shouldMoveNothingWhereNothingIs() {
        LogMerge.move(from, to, LogRotation.DEFAULT);

        assertThat(to.resolve("module.log")).doesNotExist();
    }
}
