package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.LogLine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a log forwards, from file to file as it is rotated, each line once. Not thread-safe.
 *
 * <p>When files are deleted before they were read, it goes on with the oldest there is and says so in a line of its own.
 */
final class LogCursor implements Closeable {
    static final String GAP = "[log] lines were rotated away before they could be read";
    private static final int BLOCK = 65_536;

    private final LogSequence files;
    private final ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
    private Optional<LogSequence.OpenFile> current;
    private long position;
    private Instant lastTime = Instant.EPOCH;

    /** @param current where to begin; empty: with the first file that appears */
    LogCursor(LogSequence files, Optional<LogSequence.OpenFile> current, long position) {
        this.files = files;
        this.current = current;
        this.position = position;
    }

    /** Hands over the lines of at most one block. Returns false when there is nothing more at present. */
    boolean advance(Consumer<LogLine> lines) throws IOException {
        if (current.isEmpty()) {
            current = files.oldest();
            position = 0;
            return current.isPresent();
        }
        LogSequence.OpenFile file = current.get();
        if (readBlock(file, lines)) {
            return true;
        }
        if (files.key(0).filter(file.key()::equals).isPresent() || files.key(0).isEmpty()) {
            return false;
        }
        /* It is no longer written to; what came between the last read and its rotation is there now. */
        if (readBlock(file, lines)) {
            return true;
        }
        moveOn(file, lines);
        return true;
    }

    private void moveOn(LogSequence.OpenFile file, Consumer<LogLine> lines) throws IOException {
        Optional<LogSequence.OpenFile> next = files.after(file.key());
        emitRest(lines);
        if (next.isEmpty()) {
            lines.accept(new LogLine(lastTime, "stderr", GAP));
            next = files.oldest();
        }
        file.channel().close();
        current = next;
        position = 0;
    }

    private boolean readBlock(LogSequence.OpenFile file, Consumer<LogLine> lines) throws IOException {
        forgetTruncated(file);
        int length = file.channel().read(buffer, position);
        if (length <= 0) {
            return false;
        }
        position += length;
        int start = 0;
        byte[] bytes = buffer.array();
        for (int i = buffer.position() - length; i < buffer.position(); i++) {
            if (bytes[i] == '\n') {
                emit(lines, start, i);
                start = i + 1;
            }
        }
        buffer.limit(buffer.position()).position(start);
        buffer.compact();
        if (!buffer.hasRemaining()) {
            emitRest(lines);
        }
        return true;
    }

    /** On a full disk the shim takes back the half line that still fitted. */
    private void forgetTruncated(LogSequence.OpenFile file) throws IOException {
        long excess = position - file.channel().size();
        if (excess > 0) {
            buffer.position((int) Math.max(0, buffer.position() - excess));
            position -= excess;
        }
    }

    private void emitRest(Consumer<LogLine> lines) {
        if (buffer.position() > 0) {
            emit(lines, 0, buffer.position());
            buffer.clear();
        }
    }

    private void emit(Consumer<LogLine> lines, int from, int to) {
        LogLine line = CriLine.parse(buffer.array(), from, to, lastTime);
        lastTime = line.at();
        lines.accept(line);
    }

    @Override
    public void close() throws IOException {
        if (current.isPresent()) {
            current.get().channel().close();
        }
    }
}
