package io.vyra.modulemanager.container.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.AsyncDockerCmd;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Begins streams of an engine and ends them once. Thread-safe. */
final class EngineStreams {
    private static final Logger LOG = Logger.getLogger(EngineStreams.class);

    private final EngineCalls calls;

    EngineStreams(EngineCalls calls) {
        this.calls = calls;
    }

    /** @param read what an item means to the listener; empty: nothing */
    <C extends AsyncDockerCmd<C, A>, A, T> Engine.Stream begin(
            C command, StreamListener<T> listener, Function<A, Optional<T>> read) {
        AtomicBoolean closed = new AtomicBoolean();
        Heard<A, T> heard = new Heard<>(listener, read, closed);
        calls.ask(() -> command.exec(heard));
        return () -> {
            closed.set(true);
            close(heard);
        };
    }

    static void close(Closeable part) {
        try {
            part.close();
        } catch (IOException | RuntimeException e) {
            LOG.debugf("stream not closed cause=%s", e.toString());
        }
    }

    /** Called by the thread that reads the connection, which therefore reads no faster than the listener takes. */
    private static final class Heard<A, T> extends ResultCallback.Adapter<A> {
        private final StreamListener<T> listener;
        private final Function<A, Optional<T>> read;
        private final AtomicBoolean closed;
        private final AtomicBoolean over = new AtomicBoolean();

        Heard(StreamListener<T> listener, Function<A, Optional<T>> read, AtomicBoolean closed) {
            this.listener = listener;
            this.read = read;
            this.closed = closed;
        }

        @Override
        public void onStart(Closeable stream) {
            super.onStart(stream);
            if (closed.get()) {
                // Closed before the engine answered, when there was nothing to close yet.
                EngineStreams.close(this);
                return;
            }
            listener.began();
        }

        @Override
        public void onNext(A item) {
            read.apply(item).ifPresent(listener::next);
        }

        /** Not the parent's, which logs what is told to the listener anyway. */
        @Override
        public void onError(Throwable failure) {
            end(Optional.of(String.valueOf(failure.getMessage())));
        }

        @Override
        public void onComplete() {
            end(Optional.empty());
        }

        private void end(Optional<String> why) {
            EngineStreams.close(this);
            if (over.compareAndSet(false, true)) {
                listener.ended(why);
            }
        }
    }
}
