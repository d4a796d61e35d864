package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two builds of one commit, in two folders, by shells with different habits; where root runs them, the second one without a network. */
@Tag("slow")
class ReproducibleImageIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final List<String> WITHOUT_NETWORK =
            System.getProperty("user.name").equals("root") ? List.of("unshare", "--net") : List.of();

    @TempDir
    private Path folder;

    @Test
    void shouldHaveTheSameDigestInTwoFolders() throws Exception {
        String first = byJib(clone("a", Habits.USUAL, "runtime"), List.of(), Habits.USUAL);
        String second = byJib(clone("another/longer path", Habits.OTHER, "runtime"), WITHOUT_NETWORK, Habits.OTHER);

        assertThat(first).startsWith("sha256:").hasSize("sha256:".length() + 64);
        assertThat(second).isEqualTo(first);
    }

    /** By the Dockerfile, each in a store of its own; what was downloaded is for both. */
    @Test
    void shouldHaveTheSameIdByBuildahInTwoFolders() throws Exception {
        Path downloads = Files.createDirectories(folder.resolve("downloads"));

        String first = byBuildah(clone("a", Habits.USUAL, "builder", "runtime"), Habits.USUAL, downloads);
        // The service that was built last lies beside the downloads; the second build would take it.
        assertThat(run(
                        Map.of(),
                        "sh",
                        "-c",
                        "find \"$0\" -name vyra-build -prune -print -exec rm -r {} +",
                        downloads.toString()))
                .contains("vyra-build");
        String second =
                byBuildah(clone("another/longer path", Habits.OTHER, "builder", "runtime"), Habits.OTHER, downloads);

        assertThat(first).hasSize(64);
        assertThat(second).isEqualTo(first);
    }

    /** The quick way after a change (docs/adr/0015), against a build of everything. */
    @Test
    void shouldHaveTheDigestOfAWholeBuildAfterAChangeOfPageAndMethodsAndTheOldOneAfterItIsUndone() throws Exception {
        Path clone = clone("changed", Habits.USUAL, "runtime");
        Path core =
                clone.resolve("modulemanager-core/src/main/java/io/vyra/modulemanager/manager/RobotModuleManager.java");
        Path api =
                clone.resolve("modulemanager-api/src/main/java/io/vyra/modulemanager/api/system/HealthResource.java");
        Path page = clone.resolve("frontend/src/main.ts");
        Path asset = clone.resolve("frontend/public/changed.svg");
        String before = byJib(clone);
        String coreText = Files.readString(core);
        String apiText = Files.readString(api);
        String pageText = Files.readString(page);
        Path generated = clone.resolve("modulemanager-full/target/quarkus-app/quarkus/generated-bytecode.jar");
        FileTime generatedAt = Files.getLastModifiedTime(generated);

        Files.writeString(page, pageText + "\nconsole.info('changed')\n");
        Files.writeString(asset, "<svg xmlns='http://www.w3.org/2000/svg'/>");
        String ofPage = byJib(clone);
        Files.writeString(core, changed(coreText));
        Files.writeString(api, changed(apiText));
        String ofBoth = byJib(clone);
        assertThat(Files.getLastModifiedTime(generated)).isEqualTo(generatedAt);
        run(
                Map.of(),
                "rm",
                "-r",
                clone.resolve("target/mm").toString(),
                clone.resolve("frontend/dist").toString());
        String whole = byJib(clone);
        assertThat(Files.getLastModifiedTime(generated)).isGreaterThan(generatedAt);
        Files.writeString(core, coreText);
        Files.writeString(api, apiText);
        Files.writeString(page, pageText);
        Files.delete(asset);
        String undone = byJib(clone);

        assertThat(ofPage).isNotEqualTo(before);
        assertThat(ofBoth).isNotEqualTo(ofPage);
        assertThat(whole).isEqualTo(ofBoth);
        assertThat(undone).isEqualTo(before);
    }

    /** One more line of code, a lambda, and a constant that only its package can name. */
    private static String changed(String source) {
        return source.replaceFirst("}\\s*$", """
                    static final String CHANGE = "1";

                    private static Runnable changed(int by) {
                        return () -> System.setProperty("change", CHANGE + by);
                    }
                }
                """);
    }

    /** The last commit, with base images of the checkout: they are made of whatever Debian's packages are at the time. */
    private Path clone(String name, Habits habits, String... bases) throws Exception {
        Path clone = folder.resolve(name);
        habits.run(folder, Map.of(), LIMIT, "git", "clone", "--quiet", CHECKOUT.toString(), clone.toString())
                .successful();
        Files.createDirectories(clone.resolve("target"));
        for (String kind : bases) {
            run(
                    Map.of("JAVA_HOME", System.getProperty("java.home")),
                    CHECKOUT.resolve("docker/base/build.sh").toString(),
                    "--keep",
                    kind);
        }
        run(
                Map.of(),
                "cp",
                "-a",
                CHECKOUT.resolve("target/base").toString(),
                clone.resolve("target").toString());
        return clone;
    }

    private String byJib(Path clone) throws Exception {
        return byJib(clone, List.of(), Habits.USUAL);
    }

    private String byJib(Path clone, List<String> before, Habits habits) throws Exception {
        Map<String, String> environment = Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "MAVEN_ARGS",
                "-Dmaven.repo.local=" + System.getProperty("local.repository"));
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of(clone.resolve("mm").toString(), "image", "--jib", "--no-aot"));
        habits.run(folder, environment, LIMIT, words.toArray(String[]::new)).successful();
        return Files.readString(clone.resolve("image/target/jib-image.id")).strip();
    }

    private String byBuildah(Path clone, Habits habits, Path downloads) throws Exception {
        try (ContainerEngine engine = ContainerEngine.podman(clone)) {
            Map<String, String> environment = new HashMap<>(engine.environment());
            // Where Buildah keeps what its builds download.
            environment.put("TMPDIR", downloads.toString());
            habits.run(
                            folder,
                            environment,
                            LIMIT,
                            clone.resolve("mm").toString(),
                            "image",
                            "--engine",
                            "buildah",
                            "--slim",
                            "--no-aot",
                            "--tag",
                            "by/buildah:slim")
                    .successful();
            return engine.run("image", "inspect", "--format={{.Id}}", "by/buildah:slim");
        }
    }

    private String run(Map<String, String> environment, String... words) throws Exception {
        return Command.run(folder, environment, LIMIT, List.of(words)).successful();
    }
}
