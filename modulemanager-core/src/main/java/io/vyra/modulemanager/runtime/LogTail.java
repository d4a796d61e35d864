package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds where the last lines of a log begin, reading backwards in blocks; never reads more than {@link #MOST_BYTES}. */
final class LogTail {
    static final long MOST_BYTES = 32L << 20;
    private static final int BLOCK = 65_536;
    private static final int ATTEMPTS = 10;
    private final LogSequence files;

    LogTail(LogSequence files) {
        this.files = files;
    }

    /**
     * @param cursor stands before the first of the lines
     * @param lines  how many whole lines there were from there to the end, at most as many as asked for
     */
    record Start(LogCursor cursor, int lines) {}

    Start find(int wanted) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<Object> newest = files.key(0);
            List<LogSequence.OpenFile> open = new ArrayList<>();
            try {
                Start start = find(wanted, open);
                if (newest.equals(files.key(0)) || attempt == ATTEMPTS) {
                    return start;
                }
                /* Rotated meanwhile, so the order of the files is not sure. */
                start.cursor().close();
            } catch (IOException e) {
                for (LogSequence.OpenFile file : open) {
                    file.channel().close();
                }
                throw e;
            }
        }
    }

    private Start find(int wanted, List<LogSequence.OpenFile> open) throws IOException {
        int lines = 0;
        long budget = MOST_BYTES;
        Optional<LogSequence.OpenFile> oldest = Optional.empty();
        long offset = 0;
        for (int age = 0; age == 0 || (lines < wanted && budget > 0); age++) {
            Optional<LogSequence.OpenFile> file = files.open(age);
            if (file.isEmpty()) {
                break;
            }
            open.add(file.get());
            if (oldest.isPresent()) {
                oldest.get().channel().close();
            }
            oldest = file;
            long end = file.get().channel().size();
            Found found = scan(file.get().channel(), end, wanted - lines, budget, age == 0);
            lines += found.lines();
            budget -= end - found.offset();
            offset = found.offset();
            if (offset > 0) {
                break;
            }
        }
        return new Start(new LogCursor(files, oldest, offset), lines);
    }

    private record Found(int lines, long offset) {}

    /** Counts line feeds backwards; the offset is that of the first byte of the earliest line counted. */
    private static Found scan(FileChannel channel, long end, int wanted, long budget, boolean newest)
            throws IOException {
        if (wanted <= 0) {
            return new Found(0, newest ? end : 0);
        }
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        int feeds = 0;
        long lineStart = end;
        long to = end;
        long least = Math.max(0, end - budget);
        while (to > least) {
            long from = Math.max(least, to - BLOCK);
            block.clear().limit((int) (to - from));
            while (block.hasRemaining() && channel.read(block, from + block.position()) > 0) {
                /* A short read goes on. */
            }
            for (int i = (int) (to - from) - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    if (feeds == wanted) {
                        return new Found(wanted, from + i + 1);
                    }
                    feeds++;
                    lineStart = from + i + 1;
                }
            }
            to = from;
        }
        return least == 0 ? new Found(feeds, 0) : new Found(Math.max(0, feeds - 1), lineStart);
    }
}
