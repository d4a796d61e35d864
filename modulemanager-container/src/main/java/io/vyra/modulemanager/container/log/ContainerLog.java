package io.vyra.modulemanager.container.log;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.engine.LogPiece;
import io.vyra.modulemanager.container.engine.StreamListener;
import io.vyra.modulemanager.runtime.FolderWatch;
import io.vyra.modulemanager.runtime.LogFiles;
import io.vyra.modulemanager.runtime.LogRotation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Follows what a container prints into its module's log, each line once: over restarts of the manager and of the engine it goes on behind the
 * last line that was written. The engine keeps what is printed meanwhile, as much as its own limit allows.
 *
 * <p>A slow disk slows the stream, not the memory: the engine is read no faster than lines are written.
 */
public final class ContainerLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ContainerLog.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    private static final int TAIL = 500;

    private final Engine engine;
    private final String container;
    private final Path folder;
    private final LogRotation rotation;
    private final FolderWatch watch;
    private final LogFiles files;
    private final CompletableFuture<Void> whole = new CompletableFuture<>();
    private final Thread reader;
    private volatile boolean closed;
    /** Where to begin; empty: behind what is written. */
    private Optional<LogPosition> begin;

    private ContainerLog(
            Engine engine,
            String container,
            Path folder,
            LogRotation rotation,
            FolderWatch watch,
            Optional<LogPosition> begin) {
        this.engine = engine;
        this.container = container;
        this.folder = folder;
        this.rotation = rotation;
        this.watch = watch;
        this.begin = begin;
        this.files = new LogFiles(folder, watch);
        this.reader = Thread.ofVirtual().name("container-log-" + container).unstarted(this::follow);
    }

    /** Begins at once. */
    public static ContainerLog follow(
            Engine engine, String container, Path folder, LogRotation rotation, FolderWatch watch) {
        ContainerLog log = new ContainerLog(engine, container, folder, rotation, watch, Optional.empty());
        log.reader.start();
        return log;
    }

    /**
     * Closes this one and goes on in another folder, or this one, where it ended: whatever is written there meanwhile.
     *
     * @param between done when nothing is written any more
     */
    public ContainerLog movedTo(Path other, Runnable between) {
        close();
        LogPosition end = LogPosition.after(files.tail(TAIL));
        between.run();
        ContainerLog next = new ContainerLog(engine, container, other, rotation, watch, Optional.of(end));
        next.reader.start();
        return next;
    }

    private void follow() {
        try (LogWriter writer = new LogWriter(folder, rotation)) {
            for (Optional<Duration> pause = Optional.of(Duration.ZERO);
                    !closed && pause.isPresent();
                    pause = followOnce(writer)) {
                Thread.sleep(pause.get());
            }
        } catch (InterruptedException e) {
            LOG.debugf("log no longer followed container=%s", container);
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "log cannot be followed further container=%s folder=%s", container, folder);
        } finally {
            whole.complete(null);
        }
    }

    /** Returns after which pause to go on; empty when everything was read and the container has ended or is gone. */
    private Optional<Duration> followOnce(LogWriter writer) throws InterruptedException {
        LogPosition position = begin.orElseGet(() -> LogPosition.after(files.tail(TAIL)));
        begin = Optional.empty();
        LineTaker lines = new LineTaker(writer, position);
        CompletableFuture<Optional<String>> over = new CompletableFuture<>();
        boolean wasAlive;
        try {
            // Asked before reading: of a container that had ended by then, one reading gives all there ever will be.
            wasAlive = engine.inspect(container).map(ContainerState::isAlive).orElse(false);
            try (Engine.Stream stream = engine.logs(container, position.since(), new StreamListener<LogPiece>() {
                @Override
                public void next(LogPiece piece) {
                    lines.take(piece);
                }

                @Override
                public void ended(Optional<String> why) {
                    over.complete(why);
                }
            })) {
                Optional<String> why = over.get();
                LOG.debugf("log stream ended container=%s stream=%s cause=%s", container, stream, why.orElse("-"));
            }
        } catch (EngineException e) {
            LOG.debugf("log not followed for now container=%s cause=%s", container, e.getMessage());
            return e.reason() == EngineException.Reason.NOT_FOUND ? Optional.empty() : Optional.of(AGAIN);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a stream is never exceptional", e);
        }
        return wasAlive ? Optional.of(isAlive() ? AGAIN : Duration.ZERO) : Optional.empty();
    }

    private boolean isAlive() {
        try {
            return engine.inspect(container).map(ContainerState::isAlive).orElse(false);
        } catch (EngineException e) {
            LOG.debugf("engine does not say whether it runs container=%s cause=%s", container, e.getMessage());
            return true;
        }
    }

    /** The last lines, oldest first, once all of an ended container's lines are there, or patience is at its end. */
    public List<String> lastLines(int lines, Duration patience) {
        awaitWhole(patience);
        try {
            return files.tail(lines).stream().map(LogLine::text).toList();
        } catch (RuntimeException e) {
            LOG.warnf(e, "last log lines not read folder=%s", folder);
            return List.of();
        }
    }

    private void awaitWhole(Duration patience) {
        try {
            whole.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf("log not read to its end in time container=%s", container);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of reading is never exceptional", e);
        }
    }

    /** Stops following; a later one goes on where this one ended. When this returns nothing is written any more. */
    @Override
    public void close() {
        closed = true;
        reader.interrupt();
        awaitWhole(CLOSE_PATIENCE);
    }
}
