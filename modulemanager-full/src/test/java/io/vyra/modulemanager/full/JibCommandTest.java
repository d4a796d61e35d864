package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./mm image --jib} on a base of others, with a Maven that builds nothing; {@link JibImageIT} uses a real one. */
class JibCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String HERE = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    private static final String JAVA =
            "mkdir -p %1$s/bin; echo >%1$s/bin/java; echo 'JAVA_VERSION=\"%2$s\"' >%1$s/release";

    @TempDir
    private Path folder;

    private CheckoutCopy checkout;

    @BeforeEach
    void copy() throws Exception {
        checkout = CheckoutCopy.make(folder);
        checkout.set("MAVEN_SAYS", "nothing is really built");
    }

    @Test
    void shouldRefuseABaseWithoutJava() throws Exception {
        base(HERE, "JAVA_HOME=/usr/lib/jvm/java", "mkdir bin; echo >bin/sh", "true");

        assertThat(failed())
                .contains(
                        "The base image tar://",
                        "has no /opt/java/bin/java. RUNTIME_BASE_IMAGE must have a Java runtime 25 there",
                        "docker/base/build.sh runtime")
                .doesNotContain("nothing is really built");
    }

    @Test
    void shouldRefuseABaseOfAnotherArchitecture() throws Exception {
        base("riscv64", "A=b", JAVA.formatted("opt/java", "25.0.1"), "true");

        assertThat(failed())
                .contains("is for riscv64, but this machine is " + HERE, "RUNTIME_BASE_IMAGE names it")
                .doesNotContain("nothing is really built");
    }

    @Test
    void shouldRefuseABaseWithAnOldJava() throws Exception {
        base(HERE, "A=b", JAVA.formatted("opt/java", "21.0.4"), "true");

        assertThat(failed()).contains("has Java 21.0.4 in /opt/java, but Java 25 or newer is needed");
    }

    @Test
    void shouldRefuseABaseWhoseUpperLayerTakesTheJavaAway() throws Exception {
        base(HERE, "A=b", JAVA.formatted("opt/java", "25.0.1"), "mkdir opt; echo >opt/.wh.java");

        assertThat(failed()).contains("has no /opt/java/bin/java");
    }

    @Test
    void shouldTakeABaseThatSaysWhereItsJavaIs() throws Exception {
        base(
                HERE,
                "JAVA_HOME=/usr/lib/jvm/default",
                JAVA.formatted("usr/lib/jvm/java-25", "25.0.1"),
                "mkdir -p usr/lib/jvm etc/alternatives; ln -s ../../../etc/alternatives/jvm usr/lib/jvm/default;"
                        + " ln -s /usr/lib/jvm/java-25 etc/alternatives/jvm");

        assertThat(failed()).contains("nothing is really built").doesNotContain("The base image");
    }

    @ParameterizedTest
    @CsvSource({
        "none.tar, there is no such file",
        "text.tar, it is no tar archive",
        "other.tar, manifest.json is not in it",
    })
    void shouldSayWhyAnArchiveIsNoBase(String name, String reason) throws Exception {
        Files.writeString(folder.resolve("text.tar"), "text\n".repeat(1000));
        Command.run(folder, Map.of(), LIMIT, List.of("tar", "-cf", "other.tar", "text.tar"))
                .successful();
        checkout.set("RUNTIME_BASE_IMAGE", "tar://" + folder.resolve(name));

        assertThat(failed()).contains(reason, "cannot be looked at", "RUNTIME_BASE_IMAGE takes tar://FILE");
    }

    @ParameterizedTest
    @CsvSource({
        "java.io.IOException: No space left on device, The disk is full",
        "'the list does not contain an image for architecture=amd64, os=linux', RUNTIME_BASE_IMAGE names it",
        "'Could not transfer artifact a:b:jar:1', Something could not be downloaded",
    })
    void shouldKeepTheArchiveOfBeforeAndSayWhatToDo(String said, String message) throws Exception {
        base(HERE, "A=b", JAVA.formatted("opt/java", "25.0.1"), "true");
        Path archive = checkout.file("target/image/modulemanager-full.tar", "of before");
        checkout.set("MAVEN_SAYS", said);

        assertThat(failed()).contains(said, message, "Nothing was replaced");
        assertThat(archive).hasContent("of before");
    }

    private void base(String architecture, String environment, String lower, String upper) throws Exception {
        Path archive = ImageArchive.write(folder.resolve("base"), architecture, environment, lower, upper);
        checkout.set("RUNTIME_BASE_IMAGE", "tar://" + archive);
    }

    /** What it prints; nothing of it is left behind. */
    private String failed() throws Exception {
        Command image = checkout.mm("image", "--jib", "--no-aot");

        assertThat(image.code()).as(image.output()).isEqualTo(1);
        try (Stream<Path> left = Files.list(checkout.folder().resolve("target/image"))) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith(".jib"));
        }
        return image.output();
    }
}
