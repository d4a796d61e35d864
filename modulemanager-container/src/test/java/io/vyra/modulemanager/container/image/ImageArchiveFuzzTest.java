package io.vyra.modulemanager.container.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.modulemanager.container.TestImage;
import io.vyra.modulemanager.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, only a problem may come of them. Runs the seeds unless {@code JAZZER_FUZZ=1} is set. */
class ImageArchiveFuzzTest {

    static Stream<Arguments> seeds() {
        TestImage image = new TestImage().file("etc/os", "base").file("opt/run", "module");
        byte[] full = image.full("camera:1");
        return Stream.of(
                        full,
                        TestImage.gzip(full),
                        image.delta("vyra/base", "1.0.0", 1),
                        Arrays.copyOf(full, 900),
                        TestImage.linkArchive("a", "b/../a"),
                        TestImage.archiveOf(Map.of("manifest.json", new byte[] {'['})),
                        new byte[2_048])
                .map(seed -> Arguments.of((Object) seed));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void archive(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz-", ".tar");
        try {
            Files.write(file, bytes);
            ImageArchive archive = new ImageArchive(file, "The image", 1 << 20);
            ArchiveContents contents = archive.read(Optional.empty());
            if (contents.base().isEmpty()) {
                new ArchiveRebuild(archive, contents, "localhost/a:1")
                        .writeTo(OutputStream.nullOutputStream(), Optional.empty(), file.getParent());
            }
        } catch (ProblemException e) {
            // The one answer to bad bytes.
        } finally {
            Files.delete(file);
        }
    }
}
