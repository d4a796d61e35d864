package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds the images on a real engine with its own commands, not with {@code ./mm}, and looks at containers of them. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(3600)
class ImageIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final String FULL = "v2_modulemanager:development";
    private static final String SLIM = "v2_modulemanager:slim";
    private static final String SLIM_WITH_CONTAINERS = "v2_modulemanager:slim-containers";
    private static final String[] DEMO = {
        "--volume=" + CHECKOUT.resolve("examples/target/demo-repository") + ":/demo:ro",
        "--env=VYRA_DEMO_REPOSITORY=/demo"
    };
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

    private ContainerEngine engine;
    private ManagerContainer container;

    @BeforeAll
    void buildAsTheManualSays() throws Exception {
        engine = ContainerEngine.start(CHECKOUT);
        String builder = engine.base("builder");
        String runtime = engine.base("runtime");
        engine.build(List.of(
                "-t",
                FULL,
                "--target",
                "runtime",
                "--build-arg",
                "BUILDER_BASE_IMAGE=" + builder,
                "--build-arg",
                "RUNTIME_BASE_IMAGE=" + runtime));
        engine.build(List.of(
                "-t", SLIM, "-f", "docker/Dockerfile", "--build-arg", "VYRA_SLIM=true", "--build-arg", "AOT=false"));
    }

    @AfterAll
    void stopEngine() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    @AfterEach
    void removeContainer() throws Exception {
        if (container != null) {
            container.remove();
        }
    }

    @Test
    void shouldServeWithoutAnyPrivilege() throws Exception {
        // An AOT cache that cannot be used is an error in this mode.
        container = start(FULL, "plain", "--env=JAVA_OPTS=-XX:AOTMode=on");

        assertThat(container.shell("id")).startsWith("uid=10001(vyra) gid=10001(vyra)");
        assertThat(container.shell("grep CapEff /proc/1/status")).endsWith("\t0000000000000000");
        assertThat(container.shell("touch /opt/vyra/x 2>&1 || true")).contains("Read-only file system");
        assertThat(container.get("/").body()).contains("<!doctype html>");
        assertThat(container.get("/health").body()).contains("\"mode\":\"full\"");
        assertThat(container.shell("/opt/vyra/bin/modulemanager health && echo healthy"))
                .isEqualTo("healthy");
        container.logIn();
        assertThat(container.call("GET", "/system", null)).contains("\"aot_cache\":\"in_use\"");
        assertThat(container.log()).doesNotContain("does not use its AOT cache");
    }

    @Test
    void shouldHaveWhatTheServiceAndItsModulesNeedOfASystem() throws Exception {
        String script = Files.readString(CHECKOUT.resolve("docker/base/build.sh"));
        Matcher asked = Pattern.compile("readonly MODULES=(\\S+)").matcher(script);
        assertThat(asked.find()).isTrue();
        List<String> needed = withAllTheyRequire(Set.of(asked.group(1).split(",")));

        container = start(FULL, "system");

        assertThat(container.shell("cat /proc/1/comm")).isEqualTo("tini");
        assertThat(container.shell("TZ=Europe/Berlin date +%Z")).isIn("CET", "CEST");
        assertThat(container.shell("head -n 1 \"$SSL_CERT_FILE\"")).isEqualTo("-----BEGIN CERTIFICATE-----");
        assertThat(container.shell("java --list-modules").lines().map(module -> module.replaceFirst("@.*", "")))
                .containsExactlyInAnyOrderElementsOf(needed)
                .doesNotContain("java.desktop", "jdk.compiler");
    }

    @Test
    void shouldTellTheEngineWhatItIs() throws Exception {
        assertThat(engine.run("inspect", "--format={{json .Config}}", FULL))
                .contains(
                        "\"User\":\"10001:10001\"",
                        "\"8443/tcp\":{}",
                        "\"/var/lib/vyra\":{}",
                        "\"/opt/vyra/bin/modulemanager\",\"health\"",
                        "\"StopSignal\":\"SIGTERM\"",
                        "\"org.opencontainers.image.version\"",
                        "\"org.opencontainers.image.base.name\":\"vyra/base-runtime:latest\"");
    }

    @Test
    void shouldBeConfiguredAsTheImageOfJib() throws Exception {
        engine.mm(Map.of(), "image", "--jib", "--slim", "--no-aot", "--to", "daemon", "--tag", "by/jib:slim")
                .successful();

        assertThat(configuration("by/jib:slim")).isEqualTo(configuration(SLIM));
    }

    @Test
    void shouldBeLabelledAndNamedAsItIsTold() throws Exception {
        String image = "v2_modulemanager:labelled";
        List<String> options = new ArrayList<>(List.of("-t", image));
        for (String argument : List.of(
                "MODULE_NAME=cell_7_manager",
                "VERSION=1.2.3",
                "REVISION=0123456789abcdef",
                "CREATED=2026-02-03T04:05:06Z",
                "BASE_DIGEST=sha256:0123")) {
            options.addAll(List.of("--build-arg", argument));
        }

        engine.build(options);

        assertThat(labels(image))
                .contains(
                        label("title", "VYRA Module Manager"),
                        label("vendor", "VYRA"),
                        label("version", "1.2.3"),
                        label("revision", "0123456789abcdef"),
                        label("created", "2026-02-03T04:05:06Z"),
                        label("base.name", "vyra/base-runtime:latest"),
                        label("base.digest", "sha256:0123"));
        container = start(image, "labelled");
        assertThat(container.log()).contains("id=cell_7_manager_");
    }

    /** As one of another vendor may be; none of a registry is to be had here. */
    @Test
    void shouldServeOnABaseOfOthersWithACacheTrainedOnIt() throws Exception {
        Path base = Files.createDirectories(engine.folder().resolve("other-base"));
        Files.writeString(base.resolve("Dockerfile"), """
                FROM vyra/base-runtime:latest
                USER 0:0
                RUN mkdir -p /usr/lib/jvm && mv /opt/java /usr/lib/jvm/java-25
                ENV JAVA_HOME=/usr/lib/jvm/java-25 PATH=/usr/local/bin:/usr/bin:/usr/sbin
                USER 1000:1000
                """);
        engine.run("build", "--network=host", "-t", "others/java:25", base.toString());

        engine.mm(
                        Map.of("RUNTIME_BASE_IMAGE", "others/java:25"),
                        "image",
                        "--engine",
                        "docker",
                        "--tag",
                        "by/launcher:others")
                .successful();

        assertThat(labels("by/launcher:others")).contains(label("base.name", "others/java:25"));
        container = start("by/launcher:others", "others", "--env=JAVA_OPTS=-XX:AOTMode=on");
        assertThat(container.shell("id")).startsWith("uid=10001(vyra)");
        assertThat(container.shell("ls /opt && tr '\\0' ' ' </proc/1/cmdline"))
                .startsWith("vyra\n")
                .contains("/usr/lib/jvm/java-25/bin/java @/opt/vyra/bin/java.options");
        container.logIn();
        assertThat(container.call("GET", "/system", null)).contains("\"aot_cache\":\"in_use\"");
    }

    @ParameterizedTest
    @CsvSource({"other-collector, -XX:+UseZGC", "other-layout, -XX:+UseCompactObjectHeaders", "off, -XX:AOTMode=off"})
    void shouldTellThatAFlagKeepsTheCacheFromBeingUsed(String name, String flag) throws Exception {
        container = start(FULL, name, "--env=JAVA_OPTS=" + flag);

        container.logIn();

        assertThat(container.call("GET", "/system", null)).contains("\"aot_cache\":\"unused\"");
        assertThat(container.log()).contains("The JVM does not use its AOT cache", flag);
    }

    @Test
    void shouldStopItsModulesWithItAndStartThemAgain() throws Exception {
        container = start(FULL, "modules", DEMO);
        container.logIn();
        container.install("stubborn");
        container.install("heartbeat");
        container.install("follower");
        container.awaitRunning("stubborn");
        container.awaitRunning("follower");

        long begun = System.nanoTime();
        int code = container.stop(STOP_PATIENCE);

        assertThat(code).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(STOP_PATIENCE);
        assertThat(container.log()).contains("Kill module=stubborn_").doesNotContain("Modules left alive");

        container.startAgain();
        container.logIn();
        container.awaitRunning("stubborn");
        container.awaitRunning("heartbeat");
        container.awaitRunning("follower");
        // follower needs heartbeat, so it was stopped first.
        assertThat(said("follower", "follower: asked to stop"))
                .isBefore(said("heartbeat", "heartbeat 1.0.0: asked to stop"));
    }

    @Test
    void shouldLeaveNoDeadProcesses() throws Exception {
        container = start(FULL, "orphans", DEMO);
        container.logIn();
        container.install("heartbeat");
        container.awaitRunning("heartbeat");

        container.shell("(sleep 0.1 &) ; true");

        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        !container.shell("cat /proc/[0-9]*/stat 2>/dev/null").contains(") Z "));
    }

    @Test
    void shouldServeAsSlimWithoutACache() throws Exception {
        container = start(SLIM, "slim");

        assertThat(container.get("/health").body()).contains("\"mode\":\"slim\"");
        container.logIn();
        assertThat(container.call("GET", "/system", null))
                .contains("\"aot_cache\":\"absent\"", "\"container_engine\":\"absent\"");
    }

    @Test
    void shouldHaveContainersInSlimWhereTheyAreAskedFor() throws Exception {
        engine.build(List.of(
                "-t",
                SLIM_WITH_CONTAINERS,
                "--build-arg",
                "VYRA_SLIM=true",
                "--build-arg",
                "WITH_CONTAINERS=true",
                "--build-arg",
                "AOT=false"));

        container = start(SLIM_WITH_CONTAINERS, "slim-containers");

        assertThat(container.get("/health").body()).contains("\"mode\":\"slim\"");
        container.logIn();
        assertThat(container.call("GET", "/system", null)).contains("\"container_engine\":\"unused\"");
    }

    @Test
    void shouldSwitchToSlimAtTheStartAndGoByAnotherName() throws Exception {
        container = start(
                FULL,
                "switched",
                "--env=VYRA_SLIM=true",
                "--env=MODULE_NAME=cell_4_manager",
                "--env=LOG_FORMAT=json",
                "--env=LOG_LEVEL=DEBUG");

        assertThat(container.get("/health").body()).contains("\"mode\":\"slim\"");
        assertThat(container.log()).contains("\"level\":\"DEBUG\"", "id=cell_4_manager_");
    }

    @Test
    void shouldSayWhatIsWrongWithItsDataFolder() throws Exception {
        Command run =
                engine.attempt("run", "--rm", "--network=host", "--read-only", "--tmpfs=/var/lib/vyra:mode=755", FULL);

        assertThat(run.output()).contains("/var/lib/vyra cannot be written by user 10001", "chown 10001:10001");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void shouldBuildTheOtherTargetsAndTagsWithoutTheLauncher() throws Exception {
        engine.build(List.of("-t", "v2_modulemanager:latest", "--cache-from", FULL));
        engine.build(List.of("-t", "v2_modulemanager:builder", "--target", "builder"));

        assertThat(layers("v2_modulemanager:latest")).isEqualTo(layers(FULL));
        assertThat(engine.run(
                        "run",
                        "--rm",
                        "--network=none",
                        "v2_modulemanager:builder",
                        "sh",
                        "-c",
                        "javac -version && mvn -version"))
                .contains("javac 25", "Apache Maven 3.9");
    }

    /** No native-image is to be had here: what stands for it shows what it is given, and gives a program that is none of ours. */
    @Test
    void shouldGiveANativeBuilderWhatItNeedsAndShipItsExecutable() throws Exception {
        Path builder = Files.createDirectories(engine.folder().resolve("native-builder"));
        Files.writeString(builder.resolve("native-image"), """
                #!/bin/sh
                set -eu
                while [ $# -gt 2 ]; do
                    echo "$1" >>options
                    shift
                done
                [ "$1" = -jar ] && [ -f "$2" ]
                cat /bin/true options >"$(basename "$2" .jar)"
                chmod +x "$(basename "$2" .jar)"
                """);
        Files.writeString(
                builder.resolve("Dockerfile"),
                "FROM vyra/base-builder:latest\nCOPY --chmod=755 native-image /usr/local/bin/\n");
        engine.run("build", "-t", "native-builder", builder.toString());

        engine.build(List.of(
                "-t",
                "v2_modulemanager:native",
                "--build-arg",
                "RUNTIME=native",
                "--build-arg",
                "NATIVE_BUILDER_IMAGE=native-builder"));

        String executable = "/opt/vyra/bin/modulemanager-native";
        assertThat(shell("v2_modulemanager:native", executable + " && tail -c 20000 " + executable))
                .contains(
                        "--initialize-at-run-time=com.password4j",
                        "-H:NativeLinkerOption=-Wl,-rpath,$ORIGIN/../lib/native",
                        "-J-Dorg.sqlite.lib.exportPath=sqlite");
        assertThat(shell("v2_modulemanager:native", "cd /opt/vyra && find . -type f -o -name lib | sort"))
                .contains(
                        "./bin/modulemanager\n",
                        "./lib/native/libsqlitejdbc.so",
                        "./lib/native/module-shim",
                        "./sbom.cdx.json",
                        "./ui/index.html")
                .doesNotContain(".jar", "./aot");
        assertThat(engine.run("inspect", "--format={{json .Config}}", "v2_modulemanager:native"))
                .contains("\"User\":\"10001:10001\"", "\"/opt/vyra/bin/modulemanager\",\"health\"");
    }

    @Test
    void shouldNotNameAnImageThatCouldNotBeBuilt() throws Exception {
        Path root = Files.createDirectories(engine.folder().resolve("root/etc"));
        Files.writeString(root.resolve("passwd"), "");
        Command.run(
                        engine.folder(),
                        Map.of(),
                        Duration.ofMinutes(1),
                        List.of("tar", "-cf", "root.tar", "-C", "root", "."))
                .successful();
        engine.run("import", engine.folder().resolve("root.tar").toString(), "without-java:latest");

        Command image = engine.mm(
                Map.of("RUNTIME_BASE_IMAGE", "without-java:latest"),
                "image",
                "--engine",
                "docker",
                "--tag",
                "never:built");

        assertThat(image.output()).contains("The base image without-java:latest has no /opt/java/bin/java");
        assertThat(image.code()).isEqualTo(1);
        assertThat(engine.run("images", "-q", "never:built")).isEmpty();
    }

    /** Of the lock one digit is changed: the last one of the sum that is not 0. */
    @ParameterizedTest
    @CsvSource({
        "modulemanager-foundation/src/main/java/io/vyra/modulemanager/catalog/Catalog.java, package, pakage, Catalog.java",
        "frontend/src/main.ts, ./App.vue, ./Nowhere.vue, Nowhere.vue",
        "docker/build/Train.java, /catalog, /no-catalog, The AOT cache could not be trained",
        ".mvn/checksums/checksums.sha256, [^0](?=0*  io/quarkus/quarkus-core/.*jar), 0, trusted checksum mismatch",
    })
    void shouldFailWithAStepThatFailsAndLeaveTheImageOfBefore(String file, String from, String to, String message)
            throws Exception {
        String image = "v2_modulemanager:before";
        engine.run("tag", FULL, image);
        Path context = engine.copySources();
        Path source = context.resolve(file);
        String text = Files.readString(source);
        assertThat(text).containsPattern(from);
        Files.writeString(source, text.replaceAll(from, to));

        Command build = engine.build(context, List.of("-t", image));

        assertThat(build.output()).contains(message);
        assertThat(build.code()).isNotZero();
        assertThat(id(image)).isEqualTo(id(FULL));
    }

    @Test
    void shouldBuildTheSameWithTheLauncher() throws Exception {
        engine.mm(Map.of(), "image", "--engine", "docker", "--tag", "by/launcher:1", "--report")
                .successful();

        assertThat(Files.readString(CHECKOUT.resolve("target/image/report.md")))
                .contains(
                        "`by/launcher:1`",
                        "| system |",
                        "| Java runtime |",
                        "| libraries |",
                        "| web page |",
                        "| runner |",
                        "| modulemanager-core |",
                        "| modulemanager-api |",
                        "| AOT cache |");
        assertThat(layers("by/launcher:1")).containsAll(layers(FULL));
        String base = Files.readString(CHECKOUT.resolve("target/base/base-runtime.id"));
        assertThat(labels("by/launcher:1"))
                .containsPattern(label("version", "[0-9]+[.][0-9]+[.][0-9]+(-SNAPSHOT)?"))
                .contains(
                        label("revision", git("describe", "--always", "--abbrev=40", "--exclude=*", "--dirty")),
                        label("created", git("log", "-1", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%cd")),
                        label("base.name", "vyra/base-runtime:" + base.substring(7, 19)),
                        label("base.digest", id("vyra/base-runtime:latest")));
    }

    private String id(String image) throws Exception {
        return engine.run("inspect", "--format={{.Id}}", image);
    }

    /**
     * What decides how an engine runs the image: so without the labels, which tell of each build; and without the signal that stops it, which
     * Jib cannot set, but is the one that engines send unasked. The variables are in no order, as Jib writes them.
     */
    private Map<String, Object> configuration(String image) throws Exception {
        Map<String, Object> configuration = new ObjectMapper()
                .readValue(engine.run("inspect", "--format={{json .Config}}", image), new TypeReference<>() {});
        configuration.keySet().removeAll(Set.of("Labels", "StopSignal"));
        configuration.computeIfPresent("Env", (_, variables) -> Set.copyOf((List<?>) variables));
        return configuration;
    }

    /** These modules of the JDK and those that they cannot be without, as jlink finds them. */
    private static List<String> withAllTheyRequire(Set<String> modules) {
        return Configuration.empty().resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), modules).modules().stream()
                .map(ResolvedModule::name)
                .toList();
    }

    private String labels(String image) throws Exception {
        return engine.run("inspect", "--format={{json .Config.Labels}}", image);
    }

    private static String label(String name, String value) {
        return "\"org.opencontainers.image." + name + "\":\"" + value + "\"";
    }

    private static String git(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of("git"));
        words.addAll(List.of(arguments));
        return Command.run(CHECKOUT, Map.of("TZ", "UTC"), Duration.ofMinutes(1), words)
                .successful();
    }

    private String shell(String image, String script) throws Exception {
        return engine.run("run", "--rm", "--network=host", "--entrypoint=/bin/sh", image, "-c", script);
    }

    private List<String> layers(String image) throws Exception {
        return engine.run("inspect", "--format={{range .RootFS.Layers}}{{println .}}{{end}}", image)
                .lines()
                .toList();
    }

    private ManagerContainer start(String image, String name, String... options) throws Exception {
        return ManagerContainer.start(engine, image, name, options);
    }

    /** When a module said this last. */
    private Instant said(String module, String text) throws Exception {
        String log = container.call("GET", "/modules/" + module + "/logs?tail=1000", null);
        Matcher line = Pattern.compile("\\{\"at\":\"([^\"]+)\",\"stream\":\"[^\"]*\",\"text\":\"" + Pattern.quote(text))
                .matcher(log);
        assertThat(line.find()).as(log).isTrue();
        return Instant.parse(line.group(1));
    }
}
