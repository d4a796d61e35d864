import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Trains the AOT cache of a staged service: starts it as its entry point does, uses it as a person and a robot do (REST, a stream of
 * events, a module's whole life), ends it as an engine does, and leaves the cache that the JVM then writes. It must run on the Java
 * runtime that will use the cache, which is why it is a program and no script: that runtime's image need not have a program that speaks HTTPS.
 *
 * <p>{@code java Train HOME REPOSITORY CACHE}: the folder /opt/vyra, a repository with the module {@code heartbeat}, the file to write.
 */
public final class Train {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final HttpClient client;
    private final String address;
    private String token = "";

    private Train(HttpClient client, String address) {
        this.client = client;
        this.address = address;
    }

    public static void main(String... arguments) throws Exception {
        if (arguments.length != 3) {
            System.err.println("usage: java Train HOME REPOSITORY CACHE");
            System.exit(2);
        }
        Path home = Path.of(arguments[0]);
        Path cache = Path.of(arguments[2]).toAbsolutePath();
        Path data = Files.createTempDirectory("train");
        Path log = data.resolve("train.log");
        int port = freePort();
        Files.createDirectories(cache.getParent());
        Process service = new ProcessBuilder(command(home, Path.of(arguments[1]), cache, data, page(data), port))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            new Train(trusting(), "https://127.0.0.1:" + port).use(service, data);
            service.destroy();
            if (!service.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The service did not end within " + PATIENCE + " after it was asked to.");
            }
            if (!Files.isRegularFile(cache) || Files.size(cache) == 0) {
                throw new IllegalStateException("The Java runtime wrote no cache to " + cache + ".");
            }
            // Whatever the umask was; and a time that does not tell when it was made.
            Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rw-r--r--"));
            Files.setLastModifiedTime(cache, Files.getLastModifiedTime(home.resolve("quarkus-run.jar")));
            System.out.println("train: " + cache + " has " + Files.size(cache) + " bytes");
        } catch (Exception e) {
            service.destroyForcibly();
            System.err.println(Files.readString(log));
            System.err.println("train: The AOT cache could not be trained: " + e.getMessage()
                    + " What the service said is above. The image can be built without: --no-aot, or --build-arg AOT=false.");
            System.exit(1);
        }
    }

    private static List<String> command(Path home, Path repository, Path cache, Path data, Path page, int port) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The profiles come of the first compiler's code, the second one would only take processor time. Before the options of the start:
        // those of SLIM ask for less.
        command.add("-XX:TieredStopAtLevel=3");
        command.add("@" + home.resolve("bin/java.options"));
        command.add("-XX:AOTCacheOutput=" + cache);
        // Whatever the start is run with: the profiles of methods, which the cache is for as well, are of those that were compiled here.
        command.add("-XX:CompileThresholdScaling=1");
        command.add("-Dvyra.data=" + data);
        command.add("-Dvyra.shim=" + home.resolve("lib/native/module-shim"));
        command.add("-Dvyra.demo-repository=" + repository);
        command.add("-Dvyra.ui=" + page);
        command.add("-Dvyra.tls.self-signed=true");
        command.add("-Dvyra.stop-modules-on-exit=true");
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + port);
        command.add("-jar");
        command.add(home.resolve("quarkus-run.jar").toString());
        return command;
    }

    /** In the place of the web page, whose changes need no new training: what serves it is trained all the same. */
    private static Path page(Path data) throws IOException {
        Path folder = Files.createDirectories(data.resolve("page"));
        Files.writeString(folder.resolve("index.html"), "<!doctype html><title>page</title>");
        return folder;
    }

    private void use(Process service, Path data) throws Exception {
        awaitReady(service);
        String password = Files.readString(data.resolve("initial-admin-password")).strip();
        token = find(TOKEN, call("POST", "/auth/login", "{\"username\":\"admin\",\"password\":\"" + password + "\"}"));
        token = find(
                TOKEN,
                call(
                        "POST",
                        "/auth/password",
                        "{\"old_password\":\"" + password + "\",\"new_password\":\"correct horse battery staple\"}"));
        try (InputStream events = client.send(request("/api/v1/events").GET().build(), BodyHandlers.ofInputStream())
                .body()) {
            finish(call("POST", "/modules", "{\"name\":\"heartbeat\",\"version\":\"1.0.0\",\"start\":true}"));
            await("the module to run", () -> call("GET", "/modules/heartbeat", null).contains("\"phase\":\"running\""));
            if (events.read() < 0) {
                throw new IllegalStateException("The stream of events ended at once.");
            }
            // Often enough for the JVM to load all that an answer takes. Its profiles of the start, which is what the cache is for, are complete
            // before; each further round costs whoever waits for the image a tenth of a second.
            for (int i = 0; i < 5; i++) {
                for (String path : List.of(
                        "/auth/me", "/catalog", "/modules", "/modules/heartbeat", "/operations", "/repositories", "/system")) {
                    call("GET", path, null);
                }
                call("GET", "/modules/heartbeat/explain", null);
                call("GET", "/modules/heartbeat/logs?tail=5", null);
                exchange(request("/q/health/ready").GET().build());
                exchange(request("/q/metrics").GET().build());
                exchange(request("/").GET().build());
            }
        }
        finish(call("DELETE", "/modules/heartbeat", null));
    }

    private void awaitReady(Process service) throws Exception {
        await("the service to be ready", () -> {
            if (!service.isAlive()) {
                throw new IllegalStateException("The service ended with code " + service.exitValue() + " while it started.");
            }
            try {
                return client.send(request("/q/health/ready").GET().build(), BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private void finish(String operation) throws Exception {
        String id = find(ID, operation);
        await("operation " + id, () -> {
            String state = call("GET", "/operations/" + id, null);
            if (state.contains("\"status\":\"failed\"")) {
                throw new IllegalStateException("An operation failed: " + state);
            }
            return state.contains("\"status\":\"succeeded\"");
        });
    }

    private String call(String method, String path, String body) throws Exception {
        return exchange(request("/api/v1" + path)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    private String exchange(HttpRequest request) throws Exception {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw new IllegalStateException(
                    request.method() + " " + request.uri() + " was answered with " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Waited " + PATIENCE + " for " + what + " in vain.");
            }
            Thread.sleep(20);
        }
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("Expected " + pattern + " in: " + text);
        }
        return matcher.group(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The service makes its certificate itself at this start; there is nothing to check it against. */
    private static HttpClient trusting() throws Exception {
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static final class AnyCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
