package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        String first = idOfImage(folder.resolve("a"), List.of(), Habits.USUAL);
        String second = idOfImage(folder.resolve("another/longer path"), WITHOUT_NETWORK, Habits.OTHER);

        assertThat(first).startsWith("sha256:").hasSize("sha256:".length() + 64);
        assertThat(second).isEqualTo(first);
    }

    /** Of the Dockerfile; each by an engine of its own, so that neither takes from the other what it built. */
    @ParameterizedTest
    @ValueSource(strings = {"docker", "buildah"})
    void shouldHaveTheSameIdByAnEngineInTwoFolders(String engine) throws Exception {
        base("builder");

        String first = idByEngine(engine, folder.resolve("b"), Habits.USUAL);
        String second = idByEngine(engine, folder.resolve("yet another/longer path"), Habits.OTHER);

        assertThat(first).hasSize(64);
        assertThat(second).isEqualTo(first);
    }

    private String idByEngine(String name, Path clone, Habits habits) throws Exception {
        clone(clone, habits);
        try (ContainerEngine engine =
                name.equals("docker") ? ContainerEngine.start(clone) : ContainerEngine.podman(clone)) {
            habits.run(
                            clone,
                            engine.environment(),
                            LIMIT,
                            clone.resolve("mm").toString(),
                            "image",
                            "--slim",
                            "--no-aot",
                            "--engine",
                            name,
                            "--tag",
                            "by/engine:slim")
                    .successful();
            return engine.run("image", "inspect", "--format={{.Id}}", "by/engine:slim")
                    .replace("sha256:", "");
        }
    }

    /** The quick way after a change (docs/adr/0015), against a build of everything. */
    @Test
    void shouldHaveTheDigestOfAWholeBuildAfterAChangeOfPageAndMethodsAndTheOldOneAfterItIsUndone() throws Exception {
        Path clone = folder.resolve("changed");
        Path core =
                clone.resolve("modulemanager-core/src/main/java/io/vyra/modulemanager/manager/RobotModuleManager.java");
        Path api =
                clone.resolve("modulemanager-api/src/main/java/io/vyra/modulemanager/api/system/HealthResource.java");
        Path page = clone.resolve("frontend/src/main.ts");
        Path asset = clone.resolve("frontend/public/changed.svg");
        String before = idOfImage(clone, List.of(), Habits.USUAL);
        String coreText = Files.readString(core);
        String apiText = Files.readString(api);
        String pageText = Files.readString(page);
        Path generated = clone.resolve("modulemanager-full/target/quarkus-app/quarkus/generated-bytecode.jar");
        FileTime generatedAt = Files.getLastModifiedTime(generated);

        Files.writeString(page, pageText + "\nconsole.info('changed')\n");
        Files.writeString(asset, "<svg xmlns='http://www.w3.org/2000/svg'/>");
        String ofPage = quick(clone);
        Files.writeString(core, changed(coreText));
        Files.writeString(api, changed(apiText));
        String ofBoth = quick(clone);
        assertThat(Files.getLastModifiedTime(generated)).isEqualTo(generatedAt);
        run(
                Map.of(),
                "rm",
                "-r",
                clone.resolve("target/mm").toString(),
                clone.resolve("frontend/dist").toString());
        String whole = build(clone);
        assertThat(Files.getLastModifiedTime(generated)).isGreaterThan(generatedAt);
        Files.writeString(core, coreText);
        Files.writeString(api, apiText);
        Files.writeString(page, pageText);
        Files.delete(asset);
        String undone = build(clone);

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

    private String idOfImage(Path clone, List<String> where, Habits habits) throws Exception {
        clone(clone, habits);
        return build(clone, where, habits);
    }

    /** With the base image of the checkout. */
    private void clone(Path clone, Habits habits) throws Exception {
        habits.run(folder, Map.of(), LIMIT, "git", "clone", "--quiet", CHECKOUT.toString(), clone.toString())
                .successful();
        Files.createDirectories(clone.resolve("target"));
        // The base is made of whatever Debian's packages are at the time; all images are to stand on the same.
        Path base = CHECKOUT.resolve("target/base");
        base("runtime");
        run(Map.of(), "cp", "-a", base.toString(), clone.resolve("target").toString());
    }

    private void base(String kind) throws Exception {
        run(
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                CHECKOUT.resolve("docker/base/build.sh").toString(),
                "--keep",
                kind);
    }

    private String build(Path clone) throws Exception {
        return build(clone, List.of(), Habits.USUAL);
    }

    /** Of a build that left nothing to Maven or Jib. */
    private String quick(Path clone) throws Exception {
        assertThat(said(clone, List.of(), Habits.USUAL)).doesNotContain("rebuild: ", "Building (full-service)");
        return id(clone);
    }

    private String build(Path clone, List<String> where, Habits habits) throws Exception {
        said(clone, where, habits);
        return id(clone);
    }

    private static String id(Path clone) throws Exception {
        return Files.readString(clone.resolve("image/target/jib-image.id")).strip();
    }

    private String said(Path clone, List<String> where, Habits habits) throws Exception {
        Map<String, String> environment = Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "MAVEN_ARGS",
                "-Dmaven.repo.local=" + System.getProperty("local.repository"));
        List<String> words = new ArrayList<>(where);
        words.addAll(List.of(clone.resolve("mm").toString(), "image", "--jib", "--no-aot"));
        return habits.run(folder, environment, LIMIT, words.toArray(String[]::new))
                .successful();
    }

    private String run(Map<String, String> environment, String... words) throws Exception {
        return Command.run(folder, environment, LIMIT, List.of(words)).successful();
    }
}
