package io.vyra.modulemanager.container.image;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The entries of a tar, gzipped or not. The library collects headers in memory, so their size is limited here. As a stream it is the content
 * of the entry last returned. Not thread-safe.
 */
final class ImageTar extends InputStream {
    /** Bytes between two entries' contents: long names and extended headers. */
    private static final long MOST_HEADER_BYTES = 1 << 20;

    private static final int BUFFER = 64 << 10;

    private final Guard guard;
    private final TarArchiveInputStream tar;
    private boolean hasEntry;

    private ImageTar(Guard guard) {
        this.guard = guard;
        this.tar = new TarArchiveInputStream(guard, "UTF-8");
    }

    static ImageTar open(InputStream raw) throws IOException {
        BufferedInputStream peek = new BufferedInputStream(raw, BUFFER);
        boolean isGzip = beginsLikeGzip(peek);
        return new ImageTar(
                new Guard(isGzip ? new BufferedInputStream(new GZIPInputStream(peek, BUFFER), BUFFER) : peek));
    }

    /** Looks at the first two bytes (RFC 1952, section 2.3.1) and puts them back. */
    static boolean beginsLikeGzip(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean isGzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return isGzip;
    }

    /** Null after the last one. */
    TarArchiveEntry next() throws IOException {
        if (hasEntry) {
            tar.transferTo(OutputStream.nullOutputStream());
        }
        guard.beginHeader();
        TarArchiveEntry entry = tar.getNextEntry();
        guard.beginContent();
        hasEntry = entry != null;
        return entry;
    }

    @Override
    public int read() throws IOException {
        return tar.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return tar.read(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private static final class Guard extends FilterInputStream {
        private long left = MOST_HEADER_BYTES;
        private boolean isHeader;

        Guard(InputStream in) {
            super(in);
        }

        void beginHeader() {
            isHeader = true;
            left = MOST_HEADER_BYTES;
        }

        void beginContent() {
            isHeader = false;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        @Override
        public long skip(long wanted) throws IOException {
            long skipped = super.skip(wanted);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) throws IOException {
            left -= isHeader ? bytes : 0;
            if (left < 0) {
                throw new IOException("a header of more than " + MOST_HEADER_BYTES + " bytes, or that much padding");
            }
        }
    }
}
