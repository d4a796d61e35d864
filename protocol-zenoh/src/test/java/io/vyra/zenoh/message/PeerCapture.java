package io.vyra.zenoh.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What two sessions of the reference implementation said to each other; capture.py wrote it down. */
final class PeerCapture {
    /**
     * One batch.
     *
     * @param fromClient who sent it: the client, else the router
     */
    record Batch(boolean fromClient, byte[] bytes) {}

    private PeerCapture() {}

    static List<Batch> batches() {
        try (InputStream stream = PeerCapture.class.getResourceAsStream("peer.hex")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> new Batch(line.startsWith(">"), HexFormat.of().parseHex(line.substring(2))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
