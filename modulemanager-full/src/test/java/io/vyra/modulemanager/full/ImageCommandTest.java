package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./mm image} with engines that only answer what they are told to; {@link ImageIT} uses a real one. */
class ImageCommandTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();

    /** A client with BuildKit inside, images for any platform, and a builder that says what BUILD_SAYS holds. */
    private static final String DOCKER = """
            #!/bin/sh
            echo "docker $*" >>"$CALLS"
            case $1-$2 in
                buildx-*) exit 1 ;;
                version-*)
                    case $* in
                        *Server*) if [ -n "$SERVER_SAYS" ]; then echo "$SERVER_SAYS" >&2; exit 1; fi ;;
                    esac
                    echo 20.10.24
                    ;;
                image-inspect)
                    case $* in
                        *Config.Env*) echo "PATH=/bin"; echo "JAVA_HOME=$JAVA_AT" ;;
                        *) echo "${ARCHITECTURE:-$HERE}" ;;
                    esac
                    ;;
                create-*) echo container ;;
                cp-*)
                    [ -z "$NO_JAVA" ] || exit 1
                    case $3 in
                        container:${JAVA_AT:-/opt/java}/*) ;;
                        *) exit 1 ;;
                    esac
                    echo "JAVA_VERSION=\\"${JAVA:-25.0.1}\\"" >"$4"
                    ;;
                build-*) echo "$BUILD_SAYS"; exit 1 ;;
            esac
            """;

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void pretend() throws IOException {
        program("docker", DOCKER);
        program("podman", "#!/bin/sh\necho 'cannot clone: Operation not permitted' >&2\nexit 125\n");
        program("buildah", "#!/bin/sh\necho 'no subuid ranges found' >&2\nexit 1\n");
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("CALLS", folder.resolve("calls").toString());
        environment.put("HERE", System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("BUILDER_BASE_IMAGE", "builder:1");
        environment.put("RUNTIME_BASE_IMAGE", "runtime:1");
        environment.put("SERVER_SAYS", "");
        environment.put("JAVA_AT", "");
    }

    @ParameterizedTest
    @CsvSource({
        "--fast, image does not know '--fast'",
        "--engine lxc, '--engine takes docker, podman or buildah, not ''lxc'''",
        "--engine, '--engine takes docker, podman or buildah'",
        "--tag Vyra/Module, '--tag takes the name of an image such as vyra/modulemanager:latest, not ''Vyra/Module'''",
        "--tag a:b:c, '--tag takes the name of an image such as vyra/modulemanager:latest'",
        "--tag, '--tag takes the name of an image'",
        "--jib --to zip, '--to takes tar, daemon or registry, not ''zip'''",
        "--to tar, --to goes with --jib only",
        "--jib --engine docker, --jib needs no --engine",
        "--jib --to daemon --report, '--report reads an archive or an engine''s image; with --jib it goes with --to tar only'",
    })
    void shouldRefuseWhatItDoesNotUnderstand(String options, String message) throws Exception {
        Command image = image(options.split(" "));

        assertThat(image.output()).contains(message).contains("./mm help");
        assertThat(image.code()).isEqualTo(2);
    }

    @Test
    void shouldSayWhyNoEngineCanBeUsed() throws Exception {
        environment.put("SERVER_SAYS", "Cannot connect to the Docker daemon. Is the docker daemon running?");

        assertThat(failed())
                .contains("No container engine can be used")
                .contains("docker: no engine answers", "sudo systemctl start docker")
                .contains("podman: 'podman info' does not work: cannot clone")
                .contains(
                        "buildah: 'buildah info' does not work: no subuid ranges found. Without root", "usermod --add")
                .contains("Jib, which needs none")
                .contains("The AOT cache is trained on the project's own runtime, not on RUNTIME_BASE_IMAGE=runtime:1");
    }

    @Test
    void shouldSayWhyItTakesAnotherEngine() throws Exception {
        environment.put("SERVER_SAYS", "Got permission denied while trying to connect to the Docker daemon socket");
        program("podman", DOCKER.replace("docker $*", "podman $*"));
        environment.put("BUILD_SAYS", "nothing is really built");

        assertThat(failed())
                .contains("Taking podman, because others cannot be used", "sudo usermod -aG docker")
                .contains("What podman said is above");
    }

    @Test
    void shouldSayHowToGetThePermissionToUseAnEngine() throws Exception {
        environment.put("SERVER_SAYS", "Got permission denied while trying to connect to the Docker daemon socket");

        assertThat(failed("--engine", "docker"))
                .contains("may not use it", "sudo usermod -aG docker")
                .doesNotContain("podman info");
    }

    @Test
    void shouldRefuseABaseImageOfAnotherArchitecture() throws Exception {
        environment.put("ARCHITECTURE", "riscv64");

        assertThat(failed())
                .contains("The base image builder:1 is for riscv64, but this machine is " + environment.get("HERE"));
    }

    @Test
    void shouldRefuseABaseImageWithoutJava() throws Exception {
        environment.put("NO_JAVA", "true");

        assertThat(failed())
                .contains("The base image builder:1 has no /opt/java/bin/javac", "docker/base/build.sh builder");
    }

    @Test
    void shouldTakeABaseImageThatSaysWhereItsJavaIs() throws Exception {
        environment.put("JAVA_AT", "/usr/lib/jvm/java-25");
        environment.put("BUILD_SAYS", "nothing is really built");

        assertThat(failed()).contains("nothing is really built").doesNotContain("The base image builder:1");
    }

    @Test
    void shouldRefuseABaseImageWithAnOldJava() throws Exception {
        environment.put("JAVA", "21.0.4");

        assertThat(failed()).contains("has Java 21.0.4 in /opt/java, but Java 25 or newer is needed");
    }

    @Test
    void shouldSayWhatToDoWhenTheDiskIsFull() throws Exception {
        environment.put("BUILD_SAYS", "write /var/lib/docker/x: no space left on device");

        assertThat(failed()).contains("The disk is full", "docker builder prune");
    }

    @ParameterizedTest
    @CsvSource({
        "npm error code ENOTFOUND, Something could not be downloaded",
        "#12 3.4 npm error code EUSAGE, frontend/package-lock.json is not that of frontend/package.json",
        "#12 3.4 npm error code EINTEGRITY, npm cache clean --force",
        "PKIX path building failed, NODE_EXTRA_CA_CERTS=FILE ./mm image",
        "'Could not resolve dependencies: Artifact a:b:jar:1 trusted checksum mismatch: x', The lock stopped the build",
        "'Missing from summaryFile trusted checksum(s) [SHA-256] for artifact a:b:jar:1', ./mm deps lock",
        "anything else, What docker said is above",
    })
    void shouldSayWhatToDoWhenTheBuildFails(String said, String message) throws Exception {
        environment.put("BUILD_SAYS", said);

        assertThat(failed()).contains(said, message);
    }

    /** The Maven inside the engine would pass over both. */
    @ParameterizedTest
    @CsvSource({
        ".mvn/checksums/checksums.sha256, '\\z', '<<<<<<< HEAD', 'is not ''SHA-256  path'': ''<<<<<<< HEAD'''",
        "pom.xml, '-SNAPSHOT</version>', '</version>', The version in pom.xml must end in -SNAPSHOT",
    })
    void shouldNotStartWithWhatNoBuildStartsWith(String file, String old, String changed, String message)
            throws Exception {
        CheckoutCopy checkout = CheckoutCopy.make(folder);
        Path damaged = checkout.folder().resolve(file);
        Files.writeString(damaged, Files.readString(damaged).replaceFirst(old, changed));
        environment.forEach(checkout::set);

        Command image = checkout.mm("image", "--engine", "docker");

        assertThat(image.output()).contains(message);
        assertThat(image.code()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("calls"))).doesNotContain("docker build ", "docker image ");
    }

    /** What it prints; no image got a name, and nothing is left behind. */
    private String failed(String... options) throws Exception {
        Command image = image(options);

        assertThat(image.code()).as(image.output()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("calls"))).doesNotContain("docker tag");
        Path work = CHECKOUT.resolve("target/image");
        if (Files.isDirectory(work)) {
            try (Stream<Path> left = Files.list(work)) {
                assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith(".work"));
            }
        }
        return image.output();
    }

    private Command image(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(CHECKOUT.resolve("mm").toString(), "image"));
        words.addAll(List.of(options));
        return Command.run(folder, environment, Duration.ofSeconds(60), words);
    }

    private void program(String name, String text) throws IOException {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(program, text);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
