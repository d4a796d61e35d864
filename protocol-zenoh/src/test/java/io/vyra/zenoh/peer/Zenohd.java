package io.vyra.zenoh.peer;

import static io.vyra.zenoh.peer.Patience.await;

import io.vyra.zenoh.link.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The router program of the reference implementation, in a process of its own. */
public final class Zenohd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("target/zenohd/bin/zenohd").toAbsolutePath();
    private static final Path INSTALL = Path.of("src/test/zenohd/install.sh").toAbsolutePath();

    private final Process process;
    private final Endpoint endpoint;

    private Zenohd(Process process, Endpoint endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts it on a free port of the loopback, and waits until it listens. */
    public static Zenohd start() throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("zenohd is not installed. Run " + INSTALL + " (./mm test --all does that)");
        }
        Endpoint endpoint = PythonPeer.freeEndpoint();
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target/peers")), "zenohd", ".log");
        Process process = new ProcessBuilder(
                        PROGRAM.toString(), "--listen", endpoint.toString(), "--no-multicast-scouting")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().failFast("zenohd ended, see " + log, () -> !process.isAlive()).until(() -> isListening(endpoint));
        return new Zenohd(process, endpoint);
    }

    private static boolean isListening(Endpoint endpoint) {
        try (Socket socket = new Socket(endpoint.host(), endpoint.port())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
