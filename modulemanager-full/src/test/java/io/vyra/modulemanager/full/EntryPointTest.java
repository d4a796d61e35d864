package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The images' entry point, with a Java runtime that only says what it was called with. */
class EntryPointTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(folder.resolve("home/bin"));
        Files.copy(CHECKOUT.resolve("docker/entrypoint/modulemanager"), folder.resolve("home/bin/modulemanager"));
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nfor word; do echo \"[$word]\"; done\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("VYRA_JAVA_HOME", folder.resolve("java").toString());
        environment.put("VYRA_DATA", folder.resolve("data").toString());
    }

    @Test
    void shouldServeHttpsWithACertificateOfItsOwnByDefault() throws Exception {
        assertThat(started())
                .contains(
                        "[-Dquarkus.http.host=0.0.0.0]",
                        "[-Dquarkus.http.port=8443]",
                        "[-Dvyra.tls.self-signed=true]",
                        "[-Dvyra.data=" + folder.resolve("data") + "]")
                .doesNotContain("insecure-http");
        assertThat(folder.resolve("data")).isEmptyDirectory();
    }

    @Test
    void shouldServePlainHttpOnlyWhenToldTo() throws Exception {
        environment.put("VYRA_INSECURE_HTTP", "true");

        assertThat(started())
                .contains("[-Dquarkus.http.port=8080]", "[-Dvyra.insecure-http=true]")
                .doesNotContain("self-signed");
    }

    @Test
    void shouldUseTheCertificateThatIsMountedOrNamed() throws Exception {
        moved("/etc/vyra/tls", "tls");
        Path certificate = Files.createDirectories(folder.resolve("tls")).resolve("tls.crt");
        Files.createFile(certificate);

        assertThat(started())
                .contains("[-Dvyra.tls.certificate=" + certificate + "]", "/tls/tls.key]")
                .doesNotContain("self-signed");

        // The service reads these itself.
        environment.put("VYRA_TLS_CERTIFICATE", "/other.crt");
        environment.put("VYRA_TLS_KEY", "/other.key");

        assertThat(started()).doesNotContain("vyra.tls");
    }

    @Test
    void shouldUseTheAotCacheWhenThereIsOne() throws Exception {
        assertThat(started()).doesNotContain("AOTCache");

        Path cache = Files.createDirectories(folder.resolve("home/aot")).resolve("modulemanager.aot");
        Files.createFile(cache);

        assertThat(started()).contains("[-XX:AOTCache=" + cache.toRealPath() + "]");
    }

    @Test
    void shouldPutJavaOptsBehindItsOwnFlags() throws Exception {
        environment.put("JAVA_OPTS", "-Xmx100m -Dvyra.slim=true");
        environment.put("VYRA_SLIM", "false");

        assertThat(started()).containsSubsequence("[-Dvyra.slim=false]", "[-Xmx100m]", "[-Dvyra.slim=true]", "[-jar]");
    }

    @Test
    void shouldLetJavaOptsChooseAnotherCollector() throws Exception {
        environment.put("JAVA_OPTS", "-XX:+UseG1GC");

        assertThat(started()).containsSubsequence("[@", "[-XX:-UseSerialGC]", "[-XX:+UseG1GC]");
    }

    @Test
    void shouldFindTheJavaThatTheBaseImageNames() throws Exception {
        moved("/opt/java", "none");
        environment.put("JAVA_HOME", environment.put("VYRA_JAVA_HOME", ""));

        assertThat(started()).endsWith("/home/quarkus-run.jar]");
    }

    @Test
    void shouldNeedNoJavaWhereThereIsAnExecutable() throws Exception {
        Files.move(folder.resolve("java/bin/java"), folder.resolve("home/bin/modulemanager-native"));
        environment.put("JAVA_OPTS", "-Xmx64m");
        environment.put("VYRA_SLIM", "true");

        assertThat(started())
                .startsWith("[-XX:MaximumHeapSizePercent=25]")
                .contains("[-Dquarkus.http.port=8443]", "[-Dvyra.slim=true]", "/lib/native/module-shim]")
                .endsWith("[-Xmx64m]")
                .doesNotContain("[@", "[-jar]", "AOTCache");
    }

    @ParameterizedTest
    @CsvSource({
        "VYRA_SLIM, maybe, 'VYRA_SLIM takes true or false, not ''maybe'''",
        "VYRA_INSECURE_HTTP, tls, 'VYRA_INSECURE_HTTP takes true or false, not ''tls'''",
        "VYRA_JAVA_HOME, /nowhere, There is no Java runtime at /nowhere/bin/java. The base image must have one in /opt/java",
        "VYRA_DATA, /dev/null/data, /dev/null/data cannot be written by user",
        "VYRA_DATA, /proc, Mount a volume there that belongs to this user: chown",
    })
    void shouldRefuseWhatCannotWorkAndSayWhatToDo(String name, String value, String message) throws Exception {
        environment.put(name, value);

        Command entry = entry();

        assertThat(entry.output())
                .startsWith("modulemanager: ")
                .contains(message)
                .doesNotContain("[-jar]");
        assertThat(entry.code()).isEqualTo(1);
    }

    @Test
    void shouldRefuseACommandItDoesNotHave() throws Exception {
        Command entry = entry("shell");

        assertThat(entry.output()).contains("There is no command 'shell'; there are: run (the default) and health.");
        assertThat(entry.code()).isEqualTo(1);
    }

    /** Lets it look in the test's folder for what lies at this place of an image, whatever this machine has there. */
    private void moved(String place, String to) throws IOException {
        Path script = folder.resolve("home/bin/modulemanager");
        Files.writeString(
                script,
                Files.readString(script).replace(place, folder.resolve(to).toString()));
    }

    private String started() throws Exception {
        return entry().successful();
    }

    private Command entry(String... arguments) throws Exception {
        List<String> words = new java.util.ArrayList<>(
                List.of("sh", folder.resolve("home/bin/modulemanager").toString()));
        words.addAll(List.of(arguments));
        return Command.run(folder, environment, Duration.ofSeconds(30), words);
    }
}
