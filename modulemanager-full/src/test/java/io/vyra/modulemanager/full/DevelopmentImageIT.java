package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The development image on a checkout that is mounted into it, as docker/compose.dev.yaml does: it builds, serves and reloads. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(3600)
class DevelopmentImageIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final String IMAGE = "v2_modulemanager:dev";
    private static final String CONTAINER = "dev";
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);
    private static final Duration RELOAD_LIMIT = Duration.ofMinutes(2);
    private static final Path RELOADED =
            Path.of("modulemanager-api/src/main/java/io/vyra/modulemanager/api/system/HealthResource.java");
    // Vite takes another port where this one is in use.
    private static final Pattern PAGE = Pattern.compile("Local: +(http://127\\.0\\.0\\.1:[0-9]+/)");

    // Vite leaves a request that offers HTTP/2 unanswered, as one for a WebSocket that is not its own; no browser does
    // that without TLS.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private ContainerEngine engine;
    private Path checkout;
    private int port;
    private int debugPort;

    @BeforeAll
    void serve() throws Exception {
        engine = ContainerEngine.start(CHECKOUT);
        engine.base("builder");
        engine.build(List.of("-t", IMAGE, "--target", "development"));
        // Another one, because the container builds in it.
        checkout = engine.copySources();
        port = ManagerContainer.freePort();
        debugPort = ManagerContainer.freePort();
        List<String> words = new ArrayList<>(List.of(
                "run",
                "--detach",
                "--init",
                "--name=" + CONTAINER,
                "--network=host",
                "--volume=" + checkout + ":/src",
                "--volume=" + System.getProperty("local.repository") + ":/root/.m2/repository",
                "--env=MAVEN_ARGS=-DdebugHost=127.0.0.1 -Ddebug=" + debugPort));
        Path certificates = Path.of("/etc/ssl/certs/ca-certificates.crt");
        if (Files.exists(certificates)) {
            words.add("--volume=" + certificates + ":/run/secrets/ca:ro");
        }
        words.add(IMAGE);
        // Its own command listens on all addresses, which here would be the machine's.
        words.addAll(List.of("sh", "-c", ". docker/build/trust.sh && exec ./mm run --dev --port " + port));
        engine.run(words.toArray(String[]::new));
        await().atMost(BUILD_LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> {
            assertThat(engine.run("inspect", "--format={{.State.Running}}", CONTAINER))
                    .as(() -> logQuietly())
                    .isEqualTo("true");
            return answers(service("/health"), "\"status\":\"ok\"");
        });
    }

    @AfterAll
    void stopEngine() throws Exception {
        if (engine == null) {
            return;
        }
        engine.attempt("rm", "--force", "--volumes", CONTAINER);
        if (checkout != null) {
            // What the container built is root's.
            engine.attempt(
                    "run",
                    "--rm",
                    "--network=none",
                    "--volume=" + checkout + ":/src",
                    IMAGE,
                    "find",
                    "/src",
                    "-mindepth",
                    "1",
                    "-delete");
        }
        engine.close();
    }

    @Test
    void shouldServeByDevModeWithoutBeingTold() throws Exception {
        assertThat(engine.run("inspect", "--format={{json .Config}}", IMAGE))
                .contains("exec ./mm run --dev --host 0.0.0.0 --insecure-http\"")
                .contains("\"8080/tcp\":{}", "\"5005/tcp\":{}", "\"5173/tcp\":{}");
    }

    @Test
    void shouldReloadAChangedClass() throws Exception {
        Path source = checkout.resolve(RELOADED);
        String original = Files.readString(source);

        String changed = original.replace(": \"ok\"", ": \"reloaded\"");
        assertThat(changed).isNotEqualTo(original);

        Files.writeString(source, changed);

        await().atMost(RELOAD_LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> answers(service("/health"), "\"status\":\"reloaded\""));
        Files.writeString(source, original);
        await().atMost(RELOAD_LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> answers(service("/health"), "\"status\":\"ok\""));
    }

    @Test
    void shouldLetADebuggerIn() throws Exception {
        byte[] handshake = "JDWP-Handshake".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), debugPort)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(handshake);

            assertThat(socket.getInputStream().readNBytes(handshake.length)).isEqualTo(handshake);
        }
    }

    @Test
    void shouldServeThePageFromItsSources() throws Exception {
        Matcher page = PAGE.matcher(engine.run("logs", CONTAINER));
        assertThat(page.find()).isTrue();
        URI address = URI.create(page.group(1));

        assertThat(get(address).body()).contains("/@vite/client", "/src/main.ts");
        assertThat(get(address.resolve("/api/v1/auth/me")).body()).contains("/problems/");
    }

    private URI service(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private boolean answers(URI address, String text) throws InterruptedException {
        try {
            return get(address).body().contains(text);
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
    }

    private String logQuietly() {
        try {
            return engine.run("logs", CONTAINER);
        } catch (Exception e) {
            return e.toString();
        }
    }
}
