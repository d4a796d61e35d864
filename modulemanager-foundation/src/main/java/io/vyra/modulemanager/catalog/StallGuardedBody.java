package io.vyra.modulemanager.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A response body as a stream whose reads end when no byte came for too long, or when the caller no longer wants it.
 *
 * <p>The JDK's own body streams block for ever on a server that goes silent. At most one chunk is asked for ahead, so memory stays
 * bounded. Read by one thread; {@link #close()} may come from any.
 */
final class StallGuardedBody extends InputStream implements BodySubscriber<StallGuardedBody> {
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private sealed interface Signal {
        record Chunk(List<ByteBuffer> buffers) implements Signal {}

        record Failed(Throwable cause) implements Signal {}

        record Ended() implements Signal {}
    }

    private final long stallNanos;
    private final BooleanSupplier cancelled;
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> ready = new ArrayDeque<>();
    private boolean ended;

    StallGuardedBody(Duration stall, BooleanSupplier cancelled) {
        this.stallNanos = stall.toNanos();
        this.cancelled = cancelled;
    }

    @Override
    public CompletionStage<StallGuardedBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signals.add(new Signal.Chunk(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        signals.add(new Signal.Failed(cause));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal.Ended());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * @throws HttpTimeoutException when no byte came for the stall time
     * @throws CancellationException when the caller no longer wants the body
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            ByteBuffer buffer = ready.peek();
            if (buffer != null && buffer.hasRemaining()) {
                int count = Math.min(length, buffer.remaining());
                buffer.get(target, offset, count);
                return count;
            }
            if (buffer != null) {
                ready.remove();
                if (ready.isEmpty()) {
                    subscription.join().request(1);
                }
                continue;
            }
            accept(await());
        }
        return -1;
    }

    private void accept(Signal signal) throws IOException {
        switch (signal) {
            case Signal.Chunk(List<ByteBuffer> buffers) -> {
                ready.addAll(buffers);
                if (ready.isEmpty()) {
                    subscription.join().request(1);
                }
            }
            case Signal.Failed(Throwable cause) ->
                throw new IOException(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
            case Signal.Ended() -> ended = true;
        }
    }

    /** Waits in slices, so that a cancelled transfer ends soon even while the server is silent. */
    private Signal await() throws IOException {
        long start = System.nanoTime();
        try {
            while (true) {
                if (cancelled.getAsBoolean()) {
                    close();
                    throw new CancellationException("the transfer was cancelled");
                }
                Signal signal = signals.poll(SLICE_NANOS, TimeUnit.NANOSECONDS);
                if (signal != null) {
                    return signal;
                }
                if (System.nanoTime() - start > stallNanos) {
                    close();
                    throw new HttpTimeoutException(
                            "no byte came for " + Duration.ofNanos(stallNanos).toMillis() / 1000.0 + " s");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Ends the transfer; the connection is given up when the body was not read to its end. */
    @Override
    public void close() {
        subscription.thenAccept(Flow.Subscription::cancel);
    }
}
