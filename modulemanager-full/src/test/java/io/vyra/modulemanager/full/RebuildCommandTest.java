package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./mm build} builds after which change, with a Maven and an npm that only pretend to. */
class RebuildCommandTest {
    private static final String MAVEN = """
            #!/bin/sh
            if [ "$1" = -v ]; then echo 'Apache Maven 3.9.16'; exit; fi
            echo maven >>"$CALLS"
            mkdir -p target/sbom examples/target/demo-repository
            touch examples/target/demo-repository/index.json
            for name in full slim; do
                mkdir -p modulemanager-$name/target/quarkus-app
                touch modulemanager-$name/target/quarkus-app/quarkus-run.jar target/sbom/$name.cdx.json
            done
            frontend/build.sh build
            """;

    /** The page is its one source. */
    private static final String NPM = """
            #!/bin/sh
            case "$*" in
                ci*) mkdir -p node_modules ;;
                *build)
                    echo page >>"$CALLS"
                    mkdir -p dist
                    cp src/main.ts dist/index.html
                    ! grep broken src/main.ts
                    ;;
            esac
            """;

    @TempDir
    private Path folder;

    private CheckoutCopy checkout;
    private Path calls;

    @BeforeEach
    void build() throws Exception {
        checkout = CheckoutCopy.make(folder);
        checkout.program("mvn", MAVEN);
        checkout.program("npm", NPM);
        calls = folder.resolve("calls");
        checkout.set("CALLS", calls.toString());
        checkout.file("frontend/src/main.ts", "first");
        checkout.mm("build").successful();
        assertThat(called()).isEqualTo("maven\npage\n");
    }

    @Test
    void shouldBuildThePageAloneWhenNothingElseChanged() throws Exception {
        checkout.file("frontend/src/main.ts", "second");

        checkout.mm("build").successful();

        assertThat(called()).isEqualTo("page\n");
        assertThat(page()).isEqualTo("second");
        checkout.mm("build").successful();
        assertThat(called()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frontend/package-lock.json",
                "frontend/package.json",
                "frontend/pom.xml",
                "modulemanager-core/src/main/java/Core.java",
                "modulemanager-core/src/main/c/shim.c",
                "pom.xml",
            })
    void shouldLeaveWhatIsNotThePageAloneToMaven(String file) throws Exception {
        Path changed = checkout.folder().resolve(file);
        checkout.file(file, (Files.exists(changed) ? Files.readString(changed) : "") + "\n");
        checkout.file("frontend/src/main.ts", "second");

        checkout.mm("build").successful();

        assertThat(called()).isEqualTo("maven\npage\n");
    }

    @Test
    void shouldLeaveAllToMavenWhereItIsTold() throws Exception {
        checkout.set("MM_REBUILD", "whole");
        checkout.file("frontend/src/main.ts", "second");

        checkout.mm("build").successful();

        assertThat(called()).isEqualTo("maven\npage\n");
    }

    /** The distributions have one page. */
    @Test
    void shouldNotTakeThePageThatAnotherDistributionWasBuiltWith() throws Exception {
        checkout.file("frontend/src/main.ts", "second");
        checkout.mm("build", "--slim").successful();
        assertThat(page()).isEqualTo("second");
        called();
        checkout.file("frontend/src/main.ts", "first");

        checkout.mm("build").successful();

        assertThat(called()).isEqualTo("page\n");
        assertThat(page()).isEqualTo("first");
    }

    /** What is not shipped would be of other code. */
    @Test
    void shouldLeaveThePageToMavenWhereOnlyTheServiceWasBuiltOfTheSameCode() throws Exception {
        checkout.file("modulemanager-core/src/main/c/shim.c", "changed");
        checkout.set("RUNTIME_BASE_IMAGE", "docker://base");
        // Maven writes no image, so it ends there; but the service is built.
        checkout.mm("image", "--jib", "--no-aot");
        called();
        checkout.file("frontend/src/main.ts", "second");

        checkout.mm("build").successful();

        assertThat(called()).isEqualTo("maven\npage\n");
    }

    @ParameterizedTest
    @CsvSource({"broken, The page could not be built", "npm error code EUSAGE broken, npm install --package-lock-only"})
    void shouldSayThatThePageCannotBeBuiltAndBuildItOnceItCan(String source, String message) throws Exception {
        checkout.file("frontend/src/main.ts", source);

        Command build = checkout.mm("build");

        assertThat(build.output()).contains(message);
        assertThat(build.code()).isEqualTo(1);
        called();
        checkout.file("frontend/src/main.ts", "first");
        checkout.mm("build").successful();
        assertThat(called()).isEqualTo("page\n");
        assertThat(page()).isEqualTo("first");
    }

    private String page() throws IOException {
        return Files.readString(checkout.folder().resolve("frontend/dist/index.html"));
    }

    /** What was called since this was asked last. */
    private String called() throws IOException {
        String called = Files.exists(calls) ? Files.readString(calls) : "";
        Files.deleteIfExists(calls);
        return called;
    }
}
