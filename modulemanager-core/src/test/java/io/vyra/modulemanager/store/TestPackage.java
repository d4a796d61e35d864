package io.vyra.modulemanager.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds packages, good and hostile, entry by entry. */
public final class TestPackage {
    public static final String MANIFEST = "name: sample\nversion: 1.0.0\n";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    private TestPackage() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    public static TestPackage empty() {
        return new TestPackage();
    }

    /** With {@code .module/module_data.yaml} of module {@code sample} 1.0.0. */
    public static TestPackage sample() {
        return new TestPackage().file(".module/module_data.yaml", MANIFEST);
    }

    public TestPackage file(String name, String content) {
        return file(name, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    public TestPackage file(String name, int mode, byte[] content) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        entry.setSize(content.length);
        return put(entry, content);
    }

    public TestPackage folder(String name) {
        return put(new TarArchiveEntry(name + "/", true), new byte[0]);
    }

    public TestPackage symlink(String name, String target) {
        return link(name, TarConstants.LF_SYMLINK, target);
    }

    public TestPackage link(String name, byte type, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        return put(entry, new byte[0]);
    }

    public TestPackage special(String name, byte type) {
        return put(new TarArchiveEntry(name, type, true), new byte[0]);
    }

    private TestPackage put(TarArchiveEntry entry, byte[] content) {
        try {
            // With a fraction of a second the writer would add an extended header.
            entry.setModTime(0L);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] tar() {
        try {
            tar.finish();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] gzipped() {
        return gzip(tar());
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    public Path writeTo(Path file) throws IOException {
        return Files.write(file, gzipped());
    }

    /** The first {@code length} bytes. */
    public static byte[] cut(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }
}
