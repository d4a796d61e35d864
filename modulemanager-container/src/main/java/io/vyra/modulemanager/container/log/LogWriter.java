package io.vyra.modulemanager.container.log;

import io.vyra.modulemanager.runtime.LogRotation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/**
 * Writes {@code module.log} as a module's shim does: one line {@code <time> <stdout|stderr> <F|P> <text>}, rotated by renaming. Where the
 * disk is full lines are dropped and counted, and the first line that fits again says how many. Not thread-safe.
 */
final class LogWriter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LogWriter.class);
    private static final String NAME = "module.log";

    private final Path folder;
    private final LogRotation rotation;
    private FileChannel channel;
    private long size;
    private long dropped;

    /** @throws IOException when the file cannot be opened */
    LogWriter(Path folder, LogRotation rotation) throws IOException {
        this.folder = folder;
        this.rotation = rotation;
        open();
    }

    private void open() throws IOException {
        channel = FileChannel.open(
                folder.resolve(NAME), StandardOpenOption.WRITE, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
        size = channel.size();
        if (size > 0 && !endsWithLine()) {
            // Whoever wrote it was killed within a line.
            size += channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }

    private boolean endsWithLine() throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        try (FileChannel reading = FileChannel.open(folder.resolve(NAME), StandardOpenOption.READ)) {
            return reading.read(last, size - 1) == 1 && last.get(0) == '\n';
        }
    }

    /** @param isWhole false for a piece of a line that goes on */
    void write(String time, boolean isError, boolean isWhole, byte[] text, int from, int to) {
        byte[] head =
                (time + (isError ? " stderr " : " stdout ") + (isWhole ? "F " : "P ")).getBytes(StandardCharsets.UTF_8);
        ByteBuffer line = ByteBuffer.allocate(head.length + to - from + 1);
        line.put(head).put(text, from, to - from).put((byte) '\n').flip();
        try {
            if (dropped > 0) {
                String words = time + " stderr F [log] " + dropped + " lines were dropped: the disk was full\n";
                append(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
                dropped = 0;
            }
            append(line);
        } catch (IOException e) {
            if (dropped == 0) {
                LOG.warnf("Log lines dropped folder=%s cause=%s", folder, e.toString());
            }
            dropped++;
        }
    }

    /** A line that fits only in part is taken back, so that the next one begins a line. */
    private void append(ByteBuffer line) throws IOException {
        if (size > 0 && size + line.remaining() > rotation.maxBytes()) {
            rotate();
        }
        long before = size;
        try {
            while (line.hasRemaining()) {
                size += channel.write(line);
            }
        } catch (IOException e) {
            channel.truncate(before);
            size = before;
            throw e;
        }
    }

    private void rotate() throws IOException {
        channel.close();
        for (int age = rotation.kept() - 1; age >= 1; age--) {
            Path from = folder.resolve(NAME + "." + age);
            if (Files.exists(from)) {
                Files.move(from, folder.resolve(NAME + "." + (age + 1)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(folder.resolve(NAME), folder.resolve(NAME + ".1"), StandardCopyOption.REPLACE_EXISTING);
        open();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debugf("log not closed folder=%s cause=%s", folder, e.toString());
        }
    }
}
