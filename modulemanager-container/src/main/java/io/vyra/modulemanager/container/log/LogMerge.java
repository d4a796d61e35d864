package io.vyra.modulemanager.container.log;

import io.vyra.modulemanager.runtime.LogRotation;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final int FIELDS = 4;
    /** As much of a file's end as holds its last line, or enough of that to know it again. */
    private static final int END = 4_096;

    private LogMerge() {}

    /** Never fails: a log is for people. */
    public static void move(Path from, Path to, LogRotation rotation) {
        try {
            List<Path> files = files(from);
            // A crash may have come between appending and deleting.
            if (!files.isEmpty() && !Arrays.equals(last(from), last(to))) {
                append(files, to, rotation);
            }
            clear(from);
        } catch (IOException e) {
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

    private static void append(List<Path> files, Path to, LogRotation rotation) throws IOException {
        try (LogWriter writer = new LogWriter(to, rotation)) {
            for (Path file : files) {
                append(file, writer);
            }
        }
    }

    /** What a line is made of is not looked at, only where it ends: a log may hold any bytes. */
    private static void append(Path file, LogWriter writer) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    append(line.toByteArray(), writer);
                    line.reset();
                } else {
                    line.write(next);
                }
            }
        }
    }

    private static void append(byte[] line, LogWriter writer) {
        String[] fields = new String(line, StandardCharsets.ISO_8859_1).split(" ", FIELDS);
        if (fields.length == FIELDS) {
            int text = line.length - fields[FIELDS - 1].length();
            writer.write(fields[0], fields[1].equals("stderr"), fields[2].equals("F"), line, text, line.length);
        }
    }

    private static byte[] last(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.max(0, Files.size(file) - END));
            byte[] end = in.readAllBytes();
            int begin = end.length - 1;
            while (begin > 0 && end[begin - 1] != '\n') {
                begin--;
            }
            return Arrays.copyOfRange(end, Math.max(0, begin), end.length);
        }
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
