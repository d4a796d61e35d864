package io.vyra.modulemanager.container.log;

import io.vyra.modulemanager.LogLine;
import java.time.Instant;
import java.util.List;

/**
 * How far a log was written: the time of its last line, and how many lines have that very time. An engine gives each line its own time, so
 * this is enough to go on exactly where it ended.
 */
record LogPosition(Instant last, int linesAt) {
    static final LogPosition BEGINNING = new LogPosition(Instant.EPOCH, 0);

    /** @param tail the last lines of the log, oldest first */
    static LogPosition after(List<LogLine> tail) {
        if (tail.isEmpty()) {
            return BEGINNING;
        }
        Instant last = tail.getLast().at();
        int count = (int) tail.stream().filter(line -> line.at().equals(last)).count();
        return new LogPosition(last, count);
    }

    /** From here the engine has to be asked again; it counts whole seconds. */
    long since() {
        return Math.max(0, last.getEpochSecond());
    }
}
