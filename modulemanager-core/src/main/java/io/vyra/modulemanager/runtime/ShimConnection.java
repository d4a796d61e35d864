package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * A conversation with a shim: commands out, its greeting and its last word in. Thread-safe; one virtual thread reads.
 *
 * <p>What the other side says is not trusted: lines are limited, unknown ones are passed over.
 */
final class ShimConnection implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ShimConnection.class);
    private static final int MAX_LINE = 1024;

    private final SocketChannel channel;
    private final CompletableFuture<StartRecord> greeting = new CompletableFuture<>();
    private final CompletableFuture<Optional<ExitRecord>> end = new CompletableFuture<>();

    private ShimConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Empty when nobody answers at {@code socket} within {@code patience}. */
    static Optional<ShimConnection> open(Path socket, Duration patience) {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(java.net.StandardProtocolFamily.UNIX);
        } catch (IOException e) {
            LOG.warnf("no socket for a shim cause=%s", e.toString());
            return Optional.empty();
        }
        ShimConnection connection = new ShimConnection(channel);
        Thread.ofVirtual().name("shim-" + socket.getFileName()).start(() -> connection.talk(socket));
        try {
            connection.greeting.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.of(connection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("shim does not answer socket=%s cause=%s", socket, e.toString());
        }
        connection.close();
        return Optional.empty();
    }

    private void talk(Path socket) {
        Optional<ExitRecord> last = Optional.empty();
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            last = read();
        } catch (IOException e) {
            LOG.debugf("conversation with shim ended socket=%s cause=%s", socket, e.toString());
        } finally {
            close();
            greeting.completeExceptionally(new IOException("no greeting"));
            end.complete(last);
        }
    }

    private Optional<ExitRecord> read() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_LINE);
        while (channel.read(buffer) >= 0) {
            buffer.flip();
            for (int newline = indexOfNewline(buffer); newline >= 0; newline = indexOfNewline(buffer)) {
                byte[] line = new byte[newline - buffer.position()];
                buffer.get(line).get();
                Facts facts = Facts.ofLine(new String(line, StandardCharsets.UTF_8));
                switch (facts.word()) {
                    case "hello" ->
                        StartRecord.from(facts, OptionalLong.empty()).ifPresent(greeting::complete);
                    case "exit" -> {
                        Optional<ExitRecord> exit = ExitRecord.from(facts);
                        if (exit.isPresent()) {
                            return exit;
                        }
                    }
                    case "error" ->
                        LOG.warnf("shim refused a command answer=%s", new String(line, StandardCharsets.UTF_8));
                    default -> LOG.tracef("shim said word=%s", facts.word());
                }
            }
            buffer.compact();
            if (!buffer.hasRemaining()) {
                throw new IOException("a line of more than " + MAX_LINE + " bytes");
            }
        }
        return Optional.empty();
    }

    private static int indexOfNewline(ByteBuffer buffer) {
        for (int i = buffer.position(); i < buffer.limit(); i++) {
            if (buffer.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** What the shim said of its process. */
    StartRecord greeting() {
        return greeting.join();
    }

    /** Completes with the shim's last word, or empty when the conversation ended without one. */
    CompletableFuture<Optional<ExitRecord>> end() {
        return end;
    }

    /** Returns whether the command was handed over. */
    boolean send(String command) {
        ByteBuffer line = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII));
        try {
            synchronized (channel) {
                while (line.hasRemaining()) {
                    channel.write(line);
                }
            }
            return true;
        } catch (IOException e) {
            LOG.debugf("command not sent command=%s cause=%s", command, e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debugf("socket not closed cause=%s", e.toString());
        }
    }
}
