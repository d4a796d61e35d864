package io.vyra.modulemanager.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageUnpackerTest {
    @TempDir
    Path folder;

    private Path target;
    private Path outside;

    @BeforeEach
    void setUp() throws IOException {
        Path nested = Files.createDirectories(folder.resolve("a/b"));
        target = nested.resolve("tree");
        outside = Files.writeString(folder.resolve("a/outside"), "untouched");
    }

    @Test
    void shouldWriteFilesFoldersAndInnerLinks() throws IOException {
        Unpacked unpacked = unpack(TestPackage.sample()
                .folder("bin")
                .file("bin/run", 0755, "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8))
                .file("lib/deep/größe.txt", "x")
                .symlink("lib/run", "../bin/run"));

        assertThat(unpacked.entries()).isEqualTo(5);
        assertThat(unpacked.bytes()).isEqualTo(TestPackage.MANIFEST.length() + 11);
        assertThat(target.resolve("lib/run")).hasContent("#!/bin/sh\n");
        assertThat(target.resolve("lib/deep/größe.txt")).hasContent("x");
        assertThat(mode("bin/run")).isEqualTo("rwxr-xr-x");
        assertThat(mode("lib")).isEqualTo("rwxr-xr-x");
    }

    @Test
    void shouldStripSetIdBitsAndWriteAccessOfOthers() throws IOException {
        unpack(TestPackage.sample().file("tool", 06777, new byte[1]).file("odd", 0, new byte[1]));

        assertThat((Integer) Files.getAttribute(target.resolve("tool"), "unix:mode") & 07777)
                .isEqualTo(0755);
        assertThat(mode("odd")).isEqualTo("rw-------");
    }

    @Test
    void shouldKeepEnvironmentFilesPrivate() throws IOException {
        unpack(TestPackage.sample().file(".env", "PASSWORD=x").file("conf/.env.production", "PASSWORD=x"));

        assertThat(mode(".env")).isEqualTo("rw-------");
        assertThat(mode("conf/.env.production")).isEqualTo("rw-------");
    }

    @Test
    void shouldAcceptEntriesThatStartWithADot() throws IOException {
        unpack(TestPackage.empty()
                .folder(".")
                .folder("./.module")
                .file("./.module/module_data.yaml", TestPackage.MANIFEST));

        assertThat(target.resolve(".module/module_data.yaml")).hasContent(TestPackage.MANIFEST);
    }

    @Test
    void shouldAcceptAFolderNamedTwice() throws IOException {
        unpack(TestPackage.sample().folder("lib").file("lib/a", "a").folder("lib"));

        assertThat(target.resolve("lib/a")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "lib/../../outside", "..", "lib/.."})
    void shouldRefuseTraversal(String name) {
        assertRefused(TestPackage.sample().file(name, "evil")).hasMessageContaining("..");
    }

    @Test
    void shouldRefuseAbsolutePath() {
        assertRefused(TestPackage.sample().file("/tmp/evil", "evil"))
                .hasMessageContaining("'/tmp/evil'")
                .hasMessageContaining("absolute");
    }

    @ParameterizedTest
    @CsvSource({
        "link, ../outside",
        "link, /etc/passwd",
        "lib/link, ../../outside",
        "link, lib/../../outside",
        "link, ''",
        // 'lib/up' is itself a link, so that lib/up/.. need not be lib.
        "link, lib/up/.."
    })
    void shouldRefuseSymbolicLinkThatMayLeadOut(String name, String linkTarget) {
        assertRefused(TestPackage.sample().symlink(name, linkTarget)).hasMessageContaining("'" + name + "'");
    }

    @Test
    void shouldRefuseWritingThroughALink() {
        assertRefused(TestPackage.sample().folder("lib").symlink("alias", "lib").file("alias/x", "x"))
                .hasMessageContaining("through the link 'alias'");
    }

    @Test
    void shouldRefuseReplacingAFolderByALink() {
        assertRefused(TestPackage.sample().file("lib/a", "a").symlink("lib", ".module"))
                .hasMessageContaining("twice");
    }

    @Test
    void shouldRefuseAFileBelowAFile() {
        assertRefused(TestPackage.sample().file("lib", "a").file("lib/a", "a")).hasMessageContaining("is a file");
    }

    @Test
    void shouldRefuseHardLink() {
        assertRefused(TestPackage.sample().link("copy", TarConstants.LF_LINK, ".module/module_data.yaml"))
                .hasMessageContaining("hard link");
    }

    @Test
    void shouldRefuseDeviceNodesAndPipes() {
        assertRefused(TestPackage.sample().special("null", TarConstants.LF_CHR)).hasMessageContaining("device");
        assertRefused(TestPackage.sample().special("sda", TarConstants.LF_BLK)).hasMessageContaining("device");
        assertRefused(TestPackage.sample().special("pipe", TarConstants.LF_FIFO))
                .hasMessageContaining("pipe");
        assertRefused(TestPackage.sample().special("odd", TarConstants.LF_CONTIG))
                .hasMessageContaining("type");
    }

    @Test
    void shouldRefuseDuplicateEntries() {
        assertRefused(TestPackage.sample().file("lib/a", "1").file("./lib//a", "2"))
                .hasMessageContaining("'lib/a'")
                .hasMessageContaining("twice");
    }

    @Test
    void shouldRefuseTwoManifests() {
        assertRefused(TestPackage.sample().file("./.module/module_data.yaml", "name: other\n"))
                .hasMessageContaining("twice");
        assertRefused(TestPackage.sample().file("other/.module/module_data.yaml", TestPackage.MANIFEST))
                .hasMessageContaining("two manifests");
    }

    @Test
    void shouldRefuseAWrappedPackage() {
        assertRefused(TestPackage.empty().file("sample-1.0/.module/module_data.yaml", TestPackage.MANIFEST))
                .hasMessageContaining("wrapped in the folder 'sample-1.0'");
    }

    @Test
    void shouldRefuseAPackageWithoutManifest() {
        assertRefused(TestPackage.empty().file("readme", "x")).hasMessageContaining("module_data.yaml");
    }

    @Test
    void shouldRefuseControlCharactersAndBadEncoding() {
        assertRefused(TestPackage.sample().file("a\nb", "x")).hasMessageContaining("control character");
        assertRefused(TestPackage.sample().file("a\u0085b", "x")).hasMessageContaining("control character");
        byte[] tar = TestPackage.sample().file("naem-here", "x").tar();
        int at = new String(tar, StandardCharsets.ISO_8859_1).indexOf("naem-here");
        tar[at] = (byte) 0xff;
        fixChecksum(tar, at);
        assertRefused(TestPackage.gzip(tar)).hasMessageContaining("not UTF-8");
    }

    @Test
    void shouldRefuseNamesTheFileSystemCannotHold() {
        assertRefused(TestPackage.sample().file("x".repeat(256), "x")).hasMessageContaining("255");
        assertRefused(TestPackage.sample().file("d/".repeat(65) + "x", "x")).hasMessageContaining("deeper");
    }

    @Test
    void shouldRefuseTooManyEntries() {
        UnpackLimits limits = new UnpackLimits(3, 1 << 20, 200, 1 << 20, 64);
        TestPackage hostile = TestPackage.sample().file("1", "").file("2", "").file("3", "");

        assertRefused(hostile.gzipped(), limits).hasMessageContaining("more than 3 entries");
    }

    @Test
    void shouldRefuseAMillionEntriesAtTheLimit() throws IOException {
        byte[] one = TestPackage.cut(TestPackage.empty().folder("d").tar(), 512);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed, 1 << 16)) {
            byte[] many = new byte[512 * 1000];
            for (int i = 0; i < 1000; i++) {
                System.arraycopy(one, 0, many, i * 512, 512);
            }
            // The reading stops at the limit of 100,000; what would follow need not exist.
            for (int i = 0; i < 110; i++) {
                gzip.write(many);
            }
        }

        assertRefused(packed.toByteArray()).hasMessageMatching(".*(100000 entries|times its size).*");
    }

    @Test
    void shouldRefuseTooManyBytes() {
        UnpackLimits limits = new UnpackLimits(100, 1000, 200, 1 << 20, 64);

        assertRefused(TestPackage.sample().file("big", 0644, new byte[1001]).gzipped(), limits)
                .hasMessageContaining("'big'");
        assertRefused(
                        TestPackage.sample()
                                .file("half", 0644, new byte[600])
                                .file("other", 0644, new byte[600])
                                .gzipped(),
                        limits)
                .hasMessageContaining("'other'");
    }

    @Test
    void shouldRefuseTenGigabytesOfZerosBeforeWritingThem() {
        assertRefused(zeros(10L << 30)).hasMessageContaining("bytes");

        assertThat(written()).isZero();
    }

    @Test
    void shouldRefuseABombByItsRatio() {
        assertRefused(zeros(1L << 30)).hasMessageContaining("200 times its size");

        assertThat(written()).isLessThan(100L << 20);
    }

    @Test
    void shouldRefuseABombInAHeader() throws IOException {
        // A GNU long name of 64 MiB: the archive library would collect it in memory.
        byte[] header = TestPackage.cut(TestPackage.empty().file("longlink", "").tar(), 512);
        header[156] = 'L';
        writeSize(header, 64 << 20);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(header);
            gzip.write(new byte[64 << 20]);
        }

        assertRefused(packed.toByteArray()).hasMessageContaining("header");
    }

    @Test
    void shouldRefuseTruncationAtEveryLength() throws IOException {
        byte[] whole = TestPackage.sample().file("a", "some content").gzipped();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = TestPackage.cut(whole, length);
            assertRefused(cut).isNotNull();
            TreeDeletion.delete(target);
        }
    }

    @Test
    void shouldRefuseDamage() {
        byte[] whole = TestPackage.sample().file("a", "some content").gzipped();
        whole[whole.length - 5] ^= 1;

        assertRefused(whole).hasMessageContaining("damaged");
    }

    @Test
    void shouldRefuseTrailingGarbage() {
        byte[] whole = TestPackage.sample().gzipped();
        byte[] longer = Arrays.copyOf(whole, whole.length + 20);
        Arrays.fill(longer, whole.length, longer.length, (byte) 'x');
        assertRefused(longer).isNotNull();

        byte[] tar = TestPackage.sample().tar();
        byte[] longerTar = Arrays.copyOf(tar, tar.length + 20_480);
        Arrays.fill(longerTar, tar.length + 10_240, longerTar.length, (byte) 'x');
        assertRefused(TestPackage.gzip(longerTar)).hasMessageContaining("after the end");
    }

    @Test
    void shouldRefuseWhatIsNoGzip() {
        assertRefused("<html>404</html>".getBytes(StandardCharsets.UTF_8)).hasMessageContaining("not a gzip");
        assertRefused(new byte[0]).isNotNull();
    }

    @Test
    void shouldSyncEachFileBeforeTheFoldersThatHoldItAndTheTreesOwnNameLast() throws IOException {
        List<String> synced = Collections.synchronizedList(new ArrayList<>());
        DiskSync recording = new DiskSync() {
            @Override
            public void file(Path file) {
                synced.add(target.relativize(file).toString());
            }

            @Override
            public void folder(Path synced2) {
                synced.add(target.relativize(synced2) + "/");
            }
        };

        new PackageUnpacker(UnpackLimits.DEFAULT, recording)
                .unpack(
                        TestPackage.sample().file("lib/a/b", "x").writeTo(folder.resolve("p")),
                        target,
                        UnpackProgress.NONE);

        assertThat(synced)
                .containsExactlyInAnyOrder(
                        ".module/module_data.yaml", "lib/a/b", "lib/a/", "lib/", ".module/", "/", "../");
        assertThat(synced.indexOf("lib/a/b")).isLessThan(synced.indexOf("lib/a/"));
        assertThat(synced.indexOf("lib/a/")).isLessThan(synced.indexOf("lib/"));
        assertThat(synced.indexOf("lib/")).isLessThan(synced.indexOf("/"));
        assertThat(synced.getLast()).isEqualTo("../");
    }

    @Test
    void shouldTellAFullDisk() throws IOException {
        DiskSync full = new DiskSync() {
            @Override
            public void file(Path file) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void folder(Path synced) {}
        };
        Path file = TestPackage.sample().writeTo(folder.resolve("p"));

        assertThatThrownBy(
                        () -> new PackageUnpacker(UnpackLimits.DEFAULT, full).unpack(file, target, UnpackProgress.NONE))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.type()).isEqualTo(ProblemType.DISK_FULL);
                    assertThat(e.problem().detail()).contains(target.toString());
                });
    }

    @Test
    void shouldLetTheCallerCancel() throws IOException {
        Path file = TestPackage.sample().file("a", 0644, new byte[3 << 20]).writeTo(folder.resolve("p"));
        IllegalStateException cancelled = new IllegalStateException("cancelled");

        assertThatThrownBy(() -> new PackageUnpacker(UnpackLimits.DEFAULT, DiskSync.none())
                        .unpack(file, target, (packed, unpacked) -> {
                            if (unpacked > 1 << 20) {
                                throw cancelled;
                            }
                        }))
                .isSameAs(cancelled);
        assertThat(written()).isLessThan(3 << 20);
    }

    @Test
    void shouldEndWhenItsThreadIsInterrupted() throws IOException {
        Path file = TestPackage.sample().writeTo(folder.resolve("p"));

        assertThatThrownBy(() -> new PackageUnpacker(UnpackLimits.DEFAULT, DiskSync.none())
                        .unpack(
                                file,
                                target,
                                (packed, unpacked) -> Thread.currentThread().interrupt()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.SHUTTING_DOWN));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldRefuseATargetThatIsNotEmpty() throws IOException {
        Files.createDirectories(target.resolve("old"));
        Path file = TestPackage.sample().writeTo(folder.resolve("p"));

        assertThatThrownBy(() -> new PackageUnpacker(UnpackLimits.DEFAULT, DiskSync.none())
                        .unpack(file, target, UnpackProgress.NONE))
                .hasMessageContaining("not empty");
    }

    private Unpacked unpack(TestPackage good) throws IOException {
        return new PackageUnpacker(UnpackLimits.DEFAULT, DiskSync.real())
                .unpack(good.writeTo(folder.resolve("package.tar.gz")), target, UnpackProgress.NONE);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(TestPackage hostile) {
        return assertRefused(hostile.gzipped());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] hostile) {
        return assertRefused(hostile, UnpackLimits.DEFAULT);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] hostile, UnpackLimits limits) {
        try {
            TreeDeletion.delete(target);
            Path file = Files.write(folder.resolve("package.tar.gz"), hostile);
            return assertThatThrownBy(() ->
                            new PackageUnpacker(limits, DiskSync.none()).unpack(file, target, UnpackProgress.NONE))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.type()).isEqualTo(ProblemType.INVALID_PACKAGE);
                        assertThat(outside).hasContent("untouched");
                        assertThat(folder.resolve("a")).isDirectoryNotContaining("glob:**/evil");
                    });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long written() {
        try {
            return TreeComparison.bytesOf(target);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(path)));
    }

    /** A package whose one entry has this many zeros; its end is cut off, nobody gets there. */
    private static byte[] zeros(long size) {
        byte[] header = TestPackage.cut(TestPackage.empty().file("zeros", "").tar(), 512);
        writeSize(header, size);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(header);
            byte[] block = new byte[1 << 20];
            for (long written = 0; written < Math.min(size, 80L << 20); written += block.length) {
                gzip.write(block);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }

    private static void writeSize(byte[] header, long size) {
        byte[] octal = String.format("%011o", size).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, header, 124, Math.min(11, octal.length));
        if (octal.length > 11) {
            // Base-256, for sizes beyond 8 GiB (GNU tar).
            Arrays.fill(header, 124, 136, (byte) 0);
            header[124] = (byte) 0x80;
            for (int i = 0; i < 8; i++) {
                header[135 - i] = (byte) (size >>> (8 * i));
            }
        }
        fixChecksum(header, 0);
    }

    private static void fixChecksum(byte[] tar, int header) {
        Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[header + i] & 0xff;
        }
        byte[] octal = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, tar, header + 148, 8);
    }
}
