package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.engine.StreamListener;
import io.vyra.modulemanager.runtime.ModuleProcess.Usage;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A container's use of resources: the engine measures it only while somebody asks from time to time. Asking never waits, so the first answer
 * is empty. Thread-safe.
 */
final class UsageFeed implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(UsageFeed.class);
    private static final Duration UNASKED = Duration.ofSeconds(60);
    private static final Duration STALE = Duration.ofSeconds(15);

    private final Engine engine;
    private final String container;
    private Optional<Engine.Stream> stream = Optional.empty();
    private Optional<Usage> latest = Optional.empty();
    private long askedAt;
    private long measuredAt;
    private boolean closed;

    UsageFeed(Engine engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    synchronized Optional<Usage> latest() {
        askedAt = System.nanoTime();
        if (stream.isEmpty() && !closed) {
            open();
        }
        boolean isStale = System.nanoTime() - measuredAt > STALE.toNanos();
        return isStale ? Optional.empty() : latest;
    }

    private void open() {
        try {
            stream = Optional.of(engine.usage(container, new StreamListener<Usage>() {
                @Override
                public void next(Usage usage) {
                    measured(usage);
                }

                @Override
                public void ended(Optional<String> why) {
                    LOG.tracef("no longer measured container=%s cause=%s", container, why.orElse("-"));
                    forgetStream();
                }
            }));
        } catch (EngineException e) {
            LOG.debugf("not measured container=%s cause=%s", container, e.getMessage());
        }
    }

    private synchronized void measured(Usage usage) {
        latest = Optional.of(usage);
        measuredAt = System.nanoTime();
        if (measuredAt - askedAt > UNASKED.toNanos()) {
            closeStream();
        }
    }

    private synchronized void forgetStream() {
        stream = Optional.empty();
    }

    private void closeStream() {
        Optional<Engine.Stream> open = stream;
        stream = Optional.empty();
        open.ifPresent(Engine.Stream::close);
    }

    @Override
    public synchronized void close() {
        closed = true;
        latest = Optional.empty();
        closeStream();
    }
}
