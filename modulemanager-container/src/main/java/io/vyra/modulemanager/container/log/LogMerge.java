package io.vyra.modulemanager.container.log;

import io.vyra.modulemanager.runtime.LogRotation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Moves the log of a container that ran beside its module's own behind the module's log. Nobody writes either meanwhile.
 *
 * <p>A line is behind the space that follows its time, its stream and its mark, as {@link LogWriter} writes it.
 */
public final class LogMerge {
    private static final Logger LOG = Logger.getLogger(LogMerge.class);
    private static final String NAME = "module.log";

    private LogMerge() {}

    /** Never fails: a log is for people. */
    public static void move(Path from, Path to, LogRotation rotation) {
        try {
            List<String> lines = lines(from);
            // A crash may have come between appending and deleting.
            if (!lines.isEmpty() && !lines.getLast().equals(last(to))) {
                append(lines, to, rotation);
            }
            clear(from);
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf(e, "Log not moved from=%s to=%s", from, to);
        }
    }

    /** Deletes what an earlier one left. */
    public static void clear(Path folder) {
        try {
            for (Path file : files(folder)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warnf(e, "Log not deleted folder=%s", folder);
        }
    }

    private static void append(List<String> lines, Path to, LogRotation rotation) throws IOException {
        try (LogWriter writer = new LogWriter(to, rotation)) {
            for (String line : lines) {
                String[] parts = line.split(" ", 4);
                if (parts.length == 4) {
                    byte[] text = parts[3].getBytes(StandardCharsets.UTF_8);
                    writer.write(parts[0], parts[1].equals("stderr"), parts[2].equals("F"), text, 0, text.length);
                }
            }
        }
    }

    private static String last(Path folder) throws IOException {
        List<String> lines = Files.exists(folder.resolve(NAME)) ? read(folder.resolve(NAME)) : List.of();
        return lines.isEmpty() ? "" : lines.getLast();
    }

    private static List<String> lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(folder)) {
            lines.addAll(read(file));
        }
        return lines;
    }

    /** What is no text is replaced, not refused. */
    private static List<String> read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** Oldest first. */
    private static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        for (int age = 0; ; age++) {
            Path file = folder.resolve(age == 0 ? NAME : NAME + "." + age);
            if (!Files.exists(file)) {
                return files.reversed();
            }
            files.add(file);
        }
    }
}
