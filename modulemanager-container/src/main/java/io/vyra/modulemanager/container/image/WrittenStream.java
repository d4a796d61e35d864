package io.vyra.modulemanager.container.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Optional;

/**
 * What somebody writes, to be read: nothing lies on a disk between. When the writer fails the reader does, too, and never takes half of it
 * for all of it. Closing it ends the writer. To be read by one thread.
 */
final class WrittenStream extends FilterInputStream {
    private static final int BUFFER = 256 << 10;

    private final Thread writer;
    private volatile Optional<Exception> failure = Optional.empty();

    /** Writes into a stream and may fail. */
    @FunctionalInterface
    interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    private WrittenStream(PipedInputStream in, Writer content) throws IOException {
        super(in);
        PipedOutputStream out = new PipedOutputStream(in);
        this.writer = Thread.ofPlatform().daemon().name("image-archive").start(() -> write(content, out));
    }

    static WrittenStream of(Writer content) throws IOException {
        return new WrittenStream(new PipedInputStream(BUFFER), content);
    }

    private void write(Writer content, OutputStream pipe) {
        try (OutputStream out = new ToReader(pipe)) {
            content.writeTo(out);
        } catch (ReaderGoneException e) {
            // Whoever reads no longer wants it, and knows why.
        } catch (IOException | RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    /** Why not all of it could be written; empty as long as it can, and when it was the reader who ended first. */
    Optional<Exception> failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value < 0) {
            requireWhole();
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count < 0) {
            requireWhole();
        }
        return count;
    }

    private void requireWhole() throws IOException {
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (failure.isPresent()) {
            throw new IOException(failure.get().getMessage(), failure.get());
        }
    }

    private static final class ReaderGoneException extends IOException {
        private static final long serialVersionUID = 1L;

        ReaderGoneException(IOException cause) {
            super(cause);
        }
    }

    /** Tells a reader that went away from everything else that may go wrong. */
    private static final class ToReader extends OutputStream {
        private final OutputStream pipe;

        ToReader(OutputStream pipe) {
            this.pipe = pipe;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                pipe.write(bytes, offset, length);
            } catch (IOException e) {
                throw new ReaderGoneException(e);
            }
        }

        @Override
        public void close() throws IOException {
            pipe.close();
        }
    }

    /** The writer's next byte then finds nobody who reads. */
    @Override
    public void close() throws IOException {
        super.close();
        writer.interrupt();
    }
}
