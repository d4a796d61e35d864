package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.LogLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Reads the log a module's shim writes, over its rotated files. Thread-safe; the module need not run. */
public final class LogFiles {
    /** Most lines {@link #tail} and the beginning of {@link #follow} give. */
    public static final int MOST_LINES = 10_000;

    private static final Logger LOG = Logger.getLogger(LogFiles.class);
    /** Changes are told by the folder watch; this is for file systems that tell none. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final LogSequence files;
    private final FolderWatch watch;

    /** @param folder the module's log folder, which need not exist yet */
    public LogFiles(Path folder, FolderWatch watch) {
        this.files = new LogSequence(folder);
        this.watch = watch;
    }

    /**
     * The last lines, oldest first.
     *
     * @param lines at most so many, 0 … {@link #MOST_LINES}
     * @throws UncheckedIOException when the log cannot be read
     */
    public List<LogLine> tail(int lines) {
        try {
            LogTail.Start start = new LogTail(files).find(Math.clamp(lines, 0, MOST_LINES));
            List<LogLine> found = new ArrayList<>(start.lines());
            try (LogCursor cursor = start.cursor()) {
                while (found.size() < start.lines() && cursor.advance(found::add)) {
                    /* One block a time. */
                }
            }
            return List.copyOf(found.subList(0, Math.min(found.size(), start.lines())));
        } catch (IOException e) {
            throw new UncheckedIOException("the log in " + files.folder() + " cannot be read", e);
        }
    }

    /**
     * Hands over the last {@code lines} lines and then every new one, each once and in order, until the result is closed.
     *
     * <p>A virtual thread reads and calls {@code consumer}; a slow consumer delays only itself. One that is slower than the files
     * are rotated away gets a line that says so. When the consumer throws, following ends.
     */
    public Following follow(int lines, Consumer<LogLine> consumer) {
        FolderWatch.Subscription changes = watch.subscribe(files.folder());
        Thread reader = Thread.ofVirtual()
                .name("follow-" + files.folder().getFileName())
                .unstarted(() -> follow(Math.clamp(lines, 0, MOST_LINES), consumer, changes));
        reader.start();
        return reader::interrupt;
    }

    private void follow(int lines, Consumer<LogLine> consumer, FolderWatch.Subscription changes) {
        try (changes;
                LogCursor cursor = new LogTail(files).find(lines).cursor()) {
            while (!Thread.currentThread().isInterrupted()) {
                while (cursor.advance(consumer)) {
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                }
                changes.await(LOOK_AGAIN);
            }
        } catch (InterruptedException | ClosedByInterruptException e) {
            LOG.debugf("log no longer followed folder=%s", files.folder());
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "log cannot be followed further folder=%s", files.folder());
        }
    }

    /** A log being followed. */
    @FunctionalInterface
    public interface Following extends AutoCloseable {
        /** Ends it soon; a line already on its way may still arrive. */
        @Override
        void close();
    }
}
