package io.vyra.ros2.peer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a class logs, for as long as a test looks at it; it is not printed meanwhile. */
public final class LogWatch implements AutoCloseable {
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /** @param logging the class whose log is watched */
    public LogWatch(Class<?> logging) {
        logger = Logger.getLogger(logging.getName());
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** With what they name filled in. */
    public List<String> messages() {
        SimpleFormatter formatter = new SimpleFormatter();
        return records.stream().map(formatter::formatMessage).toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
