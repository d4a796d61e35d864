package io.vyra.modulemanager.container.log;

import io.vyra.modulemanager.container.engine.LogPiece;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Takes the engine's pieces apart into lines and leaves out those that were written before. Not thread-safe.
 *
 * <p>A piece is {@code <RFC 3339 time with nanoseconds> <text>}; without a line feed at its end the line goes on in the next piece.
 */
final class LineTaker {
    private static final int LONGEST_TIME = 40;

    private final LogWriter writer;
    private final LogPosition position;
    private int seenAtLast;

    LineTaker(LogWriter writer, LogPosition position) {
        this.writer = writer;
        this.position = position;
    }

    void take(LogPiece piece) {
        byte[] bytes = piece.bytes();
        int from = 0;
        while (from < bytes.length) {
            int end = indexOf(bytes, '\n', from, bytes.length);
            boolean isWhole = end >= 0;
            take(piece.isError(), isWhole, bytes, from, isWhole ? end : bytes.length);
            from = isWhole ? end + 1 : bytes.length;
        }
    }

    private void take(boolean isError, boolean isWhole, byte[] bytes, int from, int to) {
        int space = indexOf(bytes, ' ', from, Math.min(to, from + LONGEST_TIME));
        String time = new String(bytes, from, (space < 0 ? to : space) - from, StandardCharsets.UTF_8);
        Instant at;
        try {
            at = java.time.OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            // No time where there must be one: better an odd line than a lost one.
            writer.write(Instant.EPOCH.toString(), isError, isWhole, bytes, from, to);
            return;
        }
        int end = isWhole && to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        if (isNew(at)) {
            writer.write(at.toString(), isError, isWhole, bytes, space < 0 ? end : Math.min(space + 1, end), end);
        }
    }

    private boolean isNew(Instant at) {
        if (at.isBefore(position.last())) {
            return false;
        }
        if (at.equals(position.last())) {
            seenAtLast++;
            return seenAtLast > position.linesAt();
        }
        return true;
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
