package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/** The lines of {@code module.log}: {@code <RFC 3339 time> <stdout|stderr> <F|P> <text>}, the log format of Kubernetes' CRI. */
final class CriLine {
    private CriLine() {}

    /** A line of another form is passed on whole, with the time {@code otherwise}; malformed UTF-8 is replaced. */
    static LogLine parse(byte[] bytes, int from, int to, Instant otherwise) {
        String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        int time = line.indexOf(' ');
        int stream = time < 0 ? -1 : line.indexOf(' ', time + 1);
        int tag = stream < 0 ? -1 : line.indexOf(' ', stream + 1);
        if (tag != stream + 2 || stream < 0) {
            return new LogLine(otherwise, "stdout", line);
        }
        String name = line.substring(time + 1, stream);
        if (!name.equals("stdout") && !name.equals("stderr")) {
            return new LogLine(otherwise, "stdout", line);
        }
        try {
            return new LogLine(Instant.parse(line.substring(0, time)), name, line.substring(tag + 1));
        } catch (DateTimeException e) {
            return new LogLine(otherwise, name, line);
        }
    }
}
