package io.vyra.modulemanager.store;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.modulemanager.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, only a problem may come of them. Runs the seeds unless {@code JAZZER_FUZZ=1} is set. */
class PackageFuzzTest {

    static Stream<Arguments> seeds() {
        byte[] whole = TestPackage.sample()
                .file("bin/run", 0755, new byte[700])
                .symlink("l", "bin/run")
                .tar();
        return Stream.of(
                        whole,
                        TestPackage.cut(whole, 700),
                        TestPackage.sample().file("x".repeat(200), "long").tar(),
                        TestPackage.sample()
                                .special("null", TarConstants.LF_CHR)
                                .tar(),
                        new byte[1024])
                .map(seed -> Arguments.of((Object) seed));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void tarOnly(byte[] tar) throws IOException {
        unpack(TestPackage.gzip(tar));
    }

    static Stream<Arguments> packedSeeds() {
        return seeds().map(seed -> Arguments.of((Object) TestPackage.gzip((byte[]) seed.get()[0])));
    }

    @MethodSource("packedSeeds")
    @FuzzTest(maxDuration = "20s")
    void wholeFile(byte[] packed) throws IOException {
        try (PackageStream stream = new PackageStream(
                new ByteArrayInputStream(packed), new UnpackLimits(1000, 1 << 20, 200, 1 << 20, 16))) {
            byte[] buffer = new byte[4096];
            while (stream.next() != null) {
                while (stream.read(buffer) >= 0) {
                    // Only what escapes matters.
                }
            }
        } catch (ProblemException e) {
            // The one answer to bad bytes.
        }
    }

    private static void unpack(byte[] packed) throws IOException {
        Path folder = Files.createTempDirectory("fuzz-");
        try {
            Path file = Files.write(folder.resolve("p"), packed);
            new PackageUnpacker(new UnpackLimits(1000, 1 << 20, 200, 1 << 20, 16), DiskSync.none())
                    .unpack(file, folder.resolve("tree"), UnpackProgress.NONE);
        } catch (ProblemException e) {
            // The one answer to bad bytes.
        } finally {
            TreeDeletion.delete(folder);
        }
    }
}
