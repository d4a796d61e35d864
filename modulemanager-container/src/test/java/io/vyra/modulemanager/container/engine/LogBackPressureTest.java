package io.vyra.modulemanager.container.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A container that prints more than can be written keeps its engine waiting, and fills no memory here. */
class LogBackPressureTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PIECE = 16_384;
    private static final int PIECES = 8_192;
    /** What the buffers of two sockets and of two clients may hold. */
    private static final long MOST_UNDERWAY = 32L << 20;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong sent = new AtomicLong();
    private HttpServer server;
    private DockerEngine engine;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::print);
        server.start();
        engine = new DockerEngine(
                EngineAddress.of("tcp://127.0.0.1:" + server.getAddress().getPort()), Optional.empty());
    }

    @AfterEach
    void close() {
        engine.close();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Frames of the engine API's multiplexed streams: 1 is the standard output, then three zeros and the length. */
    private void print(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.docker.raw-stream");
        exchange.sendResponseHeaders(200, 0);
        byte[] frame =
                ByteBuffer.allocate(8 + PIECE).putInt(1 << 24).putInt(PIECE).array();
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < PIECES; i++) {
                out.write(frame);
                sent.addAndGet(PIECE);
            }
        }
    }

    @Test
    void shouldReadNoFasterThanLinesAreTaken() {
        CountDownLatch open = new CountDownLatch(1);
        AtomicLong taken = new AtomicLong();
        CompletableFuture<Optional<String>> end = new CompletableFuture<>();
        try (Engine.Stream stream = engine.logs("flood", 0, new StreamListener<LogPiece>() {
            @Override
            public void next(LogPiece piece) {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                taken.addAndGet(piece.bytes().length);
            }

            @Override
            public void ended(Optional<String> why) {
                end.complete(why);
            }
        })) {
            assertThat(stream).isNotNull();
            AtomicLong before = new AtomicLong(-1);
            await().during(Duration.ofSeconds(1))
                    .atMost(SOON)
                    .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan(MOST_UNDERWAY);

            open.countDown();

            await().atMost(SOON).until(end::isDone);
            assertThat(end.join()).isEmpty();
            assertThat(taken.get()).isEqualTo((long) PIECE * PIECES);
        }
    }
}
