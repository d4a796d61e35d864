package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the REST face and the real core meet: what tests of either side with a stand-in for the other cannot see. */
class RestIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final String SUCCEEDED = "\"status\":\"succeeded\"";
    private static final int UPLOADS = 10;

    @TempDir
    static Path folder;

    private static HttpClient client;
    private static PackagedService service;
    private static String token = "";

    @BeforeAll
    static void startAndLogIn() throws Exception {
        client = HttpClient.newHttpClient();
        Path data = folder.resolve("data");
        service = PackagedService.start(CHECKOUT, data, folder.resolve("service.log"));
        String initial =
                Files.readString(data.resolve("initial-admin-password")).strip();
        String login = """
                {"username":"admin","password":"%s"}""".formatted(initial);
        token = value(send("POST", "auth/login", login).body(), "token");
        String change = """
                {"old_password":"%s","new_password":"correct horse battery staple"}""".formatted(initial);
        token = value(send("POST", "auth/password", change).body(), "token");
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        client.close();
    }

    @Test
    void shouldInstallEveryUploadedPackage() throws Exception {
        Path sample = CHECKOUT.resolve("examples/target/demo-repository/modules/notebook/1.0.0/notebook_1.0.0.tar.gz");
        for (int i = 0; i < UPLOADS; i++) {
            HttpResponse<String> accepted = send(request("modules/upload?start=false")
                    .header("Content-Type", "application/gzip")
                    .POST(BodyPublishers.ofFile(sample)));

            assertThat(ending(accepted)).contains(SUCCEEDED);
        }
        try (Stream<Path> staged = Files.list(folder.resolve("data/staging"))) {
            assertThat(staged).isEmpty();
        }
    }

    @Test
    void shouldTakeTheEntityTagItGivesOnce() throws Exception {
        String install = """
                {"name":"heartbeat","version":"1.0.0","start":false}""";
        HttpResponse<String> installed = send("POST", "modules", install);
        assertThat(ending(installed)).contains(SUCCEEDED);
        String module = "modules/" + value(installed.body(), "module_id");

        String tag = send(request(module).GET()).headers().firstValue("ETag").orElseThrow();
        assertThat(tag).as("RFC 9110, section 8.8.3").matches("\"[^\"]+\"");
        assertThat(ending(patch(module, tag, "{\"desired_state\":\"stopped\"}")))
                .contains(SUCCEEDED);

        assertThat(patch(module, tag, "{\"desired_state\":\"running\"}").statusCode())
                .as("decided on what the first change has replaced")
                .isEqualTo(412);
    }

    @Test
    void shouldNotLetAnAliasHideAnotherModule() throws Exception {
        HttpResponse<String> first = send("POST", "modules", "{\"name\":\"fragile\",\"start\":false}");
        assertThat(ending(first)).contains(SUCCEEDED);
        HttpResponse<String> second = send("POST", "modules", "{\"name\":\"crasher\",\"start\":false}");
        assertThat(ending(second)).contains(SUCCEEDED);
        String module = "modules/" + value(second.body(), "module_id");

        assertThat(patch(module, "*", "{\"alias\":\"fragile\"}").statusCode()).isEqualTo(409);
        assertThat(patch(module, "*", "{\"alias\":\"upload\"}").statusCode()).isEqualTo(422);
        assertThat(ending(patch(module, "*", "{\"alias\":\"pulse\"}"))).contains(SUCCEEDED);
        assertThat(send(request("modules/pulse").GET()).body()).contains(value(second.body(), "module_id"));
    }

    @Test
    void shouldBeANodeOfRos2() {
        String graph = await().atMost(Duration.ofSeconds(60))
                .until(() -> send(request("ros/graph").GET()).body(), body -> body.contains("\"connected\":true"));

        assertThat(graph)
                .contains("\"range\":\"localhost\"")
                .containsPattern("/v2_modulemanager_[0-9a-f]{32}/modulemanager");
    }

    private static String ending(HttpResponse<String> accepted) {
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String operation = "operations/" + value(accepted.body(), "id");
        Pattern ended = Pattern.compile("^\\{[^\\[]*\"status\":\"(succeeded|failed|cancelled|rolled_back)\"");
        return await().atMost(Duration.ofMinutes(3))
                .until(
                        () -> send(request(operation).GET()).body(),
                        body -> ended.matcher(body).find());
    }

    private static HttpResponse<String> patch(String path, String tag, String body) throws Exception {
        return send(request(path)
                .header("If-Match", tag)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(
                request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/api/v1/" + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** The first value of a key; enough for answers whose shape other tests hold. */
    private static String value(String json, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\":\"([^\"]*)\"").matcher(json);
        assertThat(matcher.find()).as(key + " in " + json).isTrue();
        return matcher.group(1);
    }
}
