package io.vyra.modulemanager.api.event;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One open stream to a client. {@link #write} waits until the bytes have left, so that at most one frame of a slow client is in
 * memory; a client that takes nothing for {@link #PATIENCE} is disconnected.
 *
 * <p>To be used from one thread that may block.
 */
public final class StreamConnection {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpServerResponse response;

    public StreamConnection(HttpServerResponse response) {
        this.response = response;
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
    }

    public boolean isOpen() {
        return !response.ended() && !response.closed();
    }

    /** False when the client is gone. */
    public boolean write(Buffer frame) throws InterruptedException {
        if (!isOpen()) {
            return false;
        }
        try {
            response.write(frame)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | IllegalStateException e) {
            // The client closed the connection meanwhile; there is nobody left to tell.
            return false;
        } catch (TimeoutException e) {
            response.reset();
            return false;
        }
    }

    void end() {
        if (isOpen()) {
            response.end();
        }
    }
}
