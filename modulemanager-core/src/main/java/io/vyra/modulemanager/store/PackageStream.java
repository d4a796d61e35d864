package io.vyra.modulemanager.store;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The entries of a {@code tar.gz}, with every limit that needs no knowledge of the tree: bytes, ratio, size of headers.
 *
 * <p>What the archive library throws on damaged input becomes a problem here, so that nothing else can escape. Not thread-safe.
 */
final class PackageStream implements AutoCloseable {
    /** Bytes between two entries' contents: long names and extended headers, which the library collects in memory. */
    private static final long MAX_HEADER_BYTES = 1 << 20;

    private static final int BUFFER = 64 << 10;

    private final UnpackLimits limits;
    private final Counting packed;
    private final Bounded unpacked;
    private final TarArchiveInputStream tar;

    PackageStream(InputStream file, UnpackLimits limits) {
        this.limits = limits;
        this.packed = new Counting(file);
        try {
            // Concatenated members are read so that bytes after the last one are noticed.
            this.unpacked = new Bounded(GzipCompressorInputStream.builder()
                    .setInputStream(new BufferedInputStream(packed, BUFFER))
                    .setDecompressConcatenated(true)
                    .get());
            this.tar = new TarArchiveInputStream(unpacked, 10_240, 512, "UTF-8", false);
        } catch (IOException | RuntimeException e) {
            throw damaged("The package is not a gzip file", e);
        }
    }

    /** The next entry, null after the last one; then the rest of the file was checked, too. */
    TarArchiveEntry next() {
        unpacked.startHeader();
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry == null) {
                checkRest();
                return null;
            }
            if (entry.isSparse()) {
                throw EntryPath.refused(entry.getName(), "is a sparse file, which is not supported");
            }
            if (entry.getSize() > limits.bytes()) {
                throw EntryPath.refused(
                        entry.getName(),
                        "has " + entry.getSize() + " bytes; a package may unpack to " + limits.bytes() + " at most");
            }
            return entry;
        } catch (IOException e) {
            throw damaged("The package is truncated or damaged", e);
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged("The package is damaged", e);
        }
    }

    /** Content of the entry last returned; -1 at its end. */
    int read(byte[] buffer) {
        unpacked.startContent();
        try {
            return tar.read(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw damaged("The package is truncated or damaged", e);
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged("The package is damaged", e);
        }
    }

    /** After the end marker of the archive only padding may follow. */
    private void checkRest() throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = unpacked.read(buffer); count >= 0; count = unpacked.read(buffer)) {
            for (int i = 0; i < count; i++) {
                if (buffer[i] != 0) {
                    throw new ProblemException(
                            ProblemType.INVALID_PACKAGE, "The package has content after the end of its archive");
                }
            }
        }
    }

    long packedBytes() {
        return packed.count;
    }

    private ProblemException damaged(String what, Exception cause) {
        if (cause instanceof ClosedByInterruptException) {
            return StoreFailure.interrupted(cause);
        }
        String why =
                cause.getMessage() == null ? "it ends where more must follow" : EntryPath.shown(cause.getMessage());
        return new ProblemException(
                ProblemType.INVALID_PACKAGE, what + " near byte " + packed.count + ": " + why, cause);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read >= 0 ? 1 : 0;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }

    /** Counts what comes out of the decompressor, whoever reads it. */
    private final class Bounded extends FilterInputStream {
        private long count;
        private long headerBytes;
        private boolean inHeader;

        Bounded(InputStream in) {
            super(in);
        }

        void startHeader() {
            inHeader = true;
            headerBytes = 0;
        }

        void startContent() {
            inHeader = false;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read > 0) {
                advance(read);
            }
            return read;
        }

        @Override
        public long skip(long wanted) throws IOException {
            // Skipped bytes are as hostile as read ones.
            byte[] sink = new byte[(int) Math.min(Math.max(wanted, 0), BUFFER)];
            return sink.length == 0 ? 0 : Math.max(read(sink, 0, sink.length), 0);
        }

        private void advance(int read) {
            count += read;
            headerBytes += inHeader ? read : 0;
            if (headerBytes > MAX_HEADER_BYTES) {
                throw new ProblemException(
                        ProblemType.INVALID_PACKAGE,
                        "The package has a header of more than " + MAX_HEADER_BYTES + " bytes or that much padding");
            }
            // The archive's own headers and padding come on top of the files' bytes.
            if (count > limits.bytes() + limits.entries() * 2048L) {
                throw new ProblemException(
                        ProblemType.INVALID_PACKAGE, "The package unpacks to more than " + limits.bytes() + " bytes");
            }
            if (count > limits.ratioFloorBytes() && count / Math.max(packed.count, 1) >= limits.ratio()) {
                throw new ProblemException(
                        ProblemType.INVALID_PACKAGE,
                        "The package unpacks to more than " + limits.ratio() + " times its size");
            }
        }
    }
}
