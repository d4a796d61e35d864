package io.vyra.modulemanager.zenoh.manager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * The manager's newest log lines, kept for who asks for them on the bus, and told to who follows.
 *
 * <p>Thread-safe. Only lines of the manager itself, from INFO on; what libraries log may say anything.
 */
public final class ManagerLog extends Handler {
    private static final int KEPT = 500;
    private static final int LONGEST = 2_048;
    private static final String OWN = "io.vyra.modulemanager.";
    /** What publishing itself logs must not be published: it would never end. */
    private static final String BUS = "io.vyra.modulemanager.zenoh.";

    /** The message alone, whatever patterns it is written with. */
    private final Formatter message = new PatternFormatter("%s");

    private final Deque<Line> lines = new ArrayDeque<>();
    private volatile Consumer<Line> follower = _ -> {};

    /** @param logger as in the log, the class that wrote it */
    record Line(Instant at, String level, String logger, String message) {
        ObjectNode toJson(ObjectNode json, ModuleId module) {
            return json.put("level", level)
                    .put("message", message)
                    .put("logger_name", logger)
                    .put("module_id", module.toString())
                    .put("module_name", module.name())
                    .put("timestamp", at.toString());
        }
    }

    @Override
    public void publish(LogRecord entry) {
        String logger = entry.getLoggerName();
        if (logger == null || !logger.startsWith(OWN) || entry.getLevel().intValue() < Level.INFO.intValue()) {
            return;
        }
        Line line = new Line(entry.getInstant(), level(entry.getLevel()), logger, text(entry));
        synchronized (lines) {
            lines.addLast(line);
            if (lines.size() > KEPT) {
                lines.removeFirst();
            }
        }
        if (!logger.startsWith(BUS)) {
            follower.accept(line);
        }
    }

    /** As Python's logging names them, which VYRA's modules use. */
    private static String level(Level level) {
        return level.intValue() >= Level.SEVERE.intValue()
                ? "ERROR"
                : level.intValue() >= Level.WARNING.intValue() ? "WARNING" : "INFO";
    }

    private String text(LogRecord entry) {
        String text = message.format(entry);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    List<Line> newest(int most) {
        synchronized (lines) {
            List<Line> all = new ArrayList<>(lines);
            return all.subList(Math.max(0, all.size() - most), all.size());
        }
    }

    /** Told of each new line; must be quick and must not throw. */
    void follow(Consumer<Line> consumer) {
        follower = consumer;
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        follower = _ -> {};
    }
}
