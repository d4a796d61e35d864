package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of {@code ./mm image --report}, of archives as engines write them and as Jib does. */
class ImageReportTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();

    /** Two layers, and what BuildKit said of two steps. */
    private static final String PREPARE = """
            set -eu
            mkdir -p base/etc jar/opt/vyra/lib/main
            echo root >base/etc/passwd
            head -c 100000 /dev/zero >jar/opt/vyra/lib/main/io.vyra.modulemanager.modulemanager-core-0.1.0.jar
            tar -cf base.tar -C base .
            tar -cf jar.tar -C jar .
            printf '#5 [build 3/4] RUN make\\n#6 [build 4/4] COPY x\\n#5 DONE 12.5s\\n#6 CACHED\\n' >log
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws Exception {
        shell(PREPARE);
    }

    @Test
    void shouldNameLayersByWhatIsInThemAndTellTheStepsThatTookTime() throws Exception {
        archive("base.tar", "jar.tar");

        String report = report("docker");

        assertThat(report)
                .contains(
                        "Image `a/b:1`, built with docker in 61.5 s",
                        "Id: `sha256:1234`",
                        "| system | 0.00 | 0.01 |",
                        "| modulemanager-core | 0.00 | 0.11 |",
                        "| **above the base**, without AOT cache | 0.00 | 0.11 |",
                        "| build 3/4: `RUN make` | 12.5 |",
                        "1 of 2 steps were cached.");
        assertThat(folder.resolve("report.json"))
                .content()
                .contains("\"name\": \"modulemanager-core\"", "\"build_seconds\": 61.5");
    }

    @Test
    void shouldReportCompressedLayersAsTheSameLayers() throws Exception {
        archive("base.tar", "jar.tar");
        String plain = report("Jib");
        shell("gzip -1 base.tar jar.tar");
        archive("base.tar.gz", "jar.tar.gz");

        assertThat(report("Jib")).isEqualTo(plain);
    }

    /** As Jib's are: what is said of each jar in an entry before it ends with the jar's name. */
    @Test
    void shouldNameLayersWithExtendedHeadersAsThoseWithout() throws Exception {
        shell("tar --format=pax --pax-option=exthdr.name=./PaxHeaders.X/%f,mtime:=1.5 -cf jar.tar -C jar .");
        archive("base.tar", "jar.tar");

        assertThat(report("Jib")).contains("| modulemanager-core | 0.00 |");
    }

    private void archive(String base, String jar) throws Exception {
        Files.writeString(
                folder.resolve("manifest.json"),
                "[{\"Config\":\"config.json\",\"RepoTags\":[\"a/b:1\"],\"Layers\":[\"" + base + "\",\"" + jar
                        + "\"]}]");
        shell("tar -cf image.tar manifest.json " + base + " " + jar);
    }

    private String report(String builder) throws Exception {
        Command.run(
                        folder,
                        Map.of(),
                        Duration.ofMinutes(1),
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                CHECKOUT.resolve("launcher/ImageReport.java").toString(),
                                "image.tar",
                                "a/b:1",
                                "sha256:1234",
                                builder,
                                "61500",
                                "log",
                                "report"))
                .successful();
        return Files.readString(folder.resolve("report.md"));
    }

    private void shell(String script) throws Exception {
        Command.run(folder, Map.of(), Duration.ofMinutes(1), List.of("bash", "-c", script))
                .successful();
    }
}
