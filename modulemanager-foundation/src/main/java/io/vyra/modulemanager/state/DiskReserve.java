package io.vyra.modulemanager.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/**
 * A file of real bytes that can be deleted when the disk is full, so that the journal of a stop or a removal still fits.
 *
 * <p>Thread-safe.
 */
final class DiskReserve {
    private static final Logger LOG = Logger.getLogger(DiskReserve.class);
    private static final int SIZE = 4 << 20;
    private static final int CHUNK = 64 << 10;

    private final Path file;

    private DiskReserve(Path file) {
        this.file = file;
    }

    static DiskReserve in(Path folder) {
        return new DiskReserve(folder.resolve("reserve"));
    }

    /** Takes the reserve if it is not held. A disk without room for it is not an error: the reserve stays given up. */
    synchronized void ensure() {
        try {
            if (Files.exists(file) && Files.size(file) == SIZE) {
                return;
            }
            // Taking the last bytes of a full disk, only to give them back, would fail what others write meanwhile.
            if (Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() < 2L * SIZE) {
                giveUp();
                return;
            }
            fill();
        } catch (IOException e) {
            LOG.warnf("Disk reserve not taken file=%s cause=%s", file, e.getMessage());
            giveUp();
        }
    }

    private void fill() throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            // Real bytes, not a hole: a sparse file would reserve nothing. Not all zero, for file systems that
            // compress.
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            java.util.random.RandomGenerator noise = new java.util.SplittableRandom(file.hashCode());
            while (chunk.hasRemaining()) {
                chunk.putLong(noise.nextLong());
            }
            for (int written = 0; written < SIZE; written += CHUNK) {
                chunk.rewind();
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
            channel.force(true);
        }
    }

    /** Frees the reserve's space; false when there was none to free. */
    synchronized boolean giveUp() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The disk reserve " + file + " could not be deleted", e);
        }
    }

    boolean isGivenUp() {
        return !Files.exists(file);
    }
}
