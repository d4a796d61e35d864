package io.vyra.modulemanager.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vyra.modulemanager.access.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bad input gets: the right problem, naming the place, and nothing else happens. */
@QuarkusTest
class BadRequestTest {
    private static final String MODULES = "/api/v1/modules";

    private final FakeModuleManager manager;
    private final ApiClient client;

    @TestHTTPResource("/")
    URI base;

    BadRequestTest(FakeModuleManager manager, ApiClient client) {
        this.manager = manager;
        this.client = client;
    }

    @BeforeEach
    void reset() {
        manager.reset();
    }

    private Response install(String body) {
        return client.as(Role.DEVELOPER)
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(MODULES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"v2_a\"",
                "{name: 1}",
                "{\"name\":\"v2_a\"} x",
                "{\"name\":\"v2_a\"}{}",
                "{\"name\":\"v2_a\",}",
                "nul",
                "{'name':'v2_a'}",
                "{\"name\":NaN}",
                "// c\n{}",
                "\u0000"
            })
    void shouldNameLineAndColumnOfMalformedJson(String body) {
        install(body)
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed-request"))
                .body("detail", matchesRegex(".*line \\d+, column \\d+.*"));
        assertThat(manager.calls()).isEmpty();
    }

    @Test
    void shouldRefuseAnEmptyBody() {
        install("").then().statusCode(400).body("detail", containsString("empty"));
    }

    @Test
    void shouldRefuseDuplicateKeys() {
        install("{\"name\":\"v2_a\",\"name\":\"v2_b\"}").then().statusCode(400).body("detail", containsString("twice"));
        assertThat(manager.calls()).isEmpty();
    }

    @Test
    void shouldRefuseDeepNesting() {
        install("{\"name\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")
                .then()
                .statusCode(400)
                .body("detail", containsString("levels deep"));
    }

    @Test
    void shouldRefuseTextThatIsNotUtf8() {
        client.as(Role.DEVELOPER)
                .contentType("application/json")
                .body(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'})
                .post(MODULES)
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"name":5}                              | /name
                    {"name":true}                           | /name
                    {"name":null}                           | /name
                    {"name":["v2_a"]}                       | /name
                    {"name":{"a":1}}                        | /name
                    {"name":"v2_a","start":"yes"}           | /start
                    {"name":"v2_a","start":1}               | /start
                    {"name":"v2_a","colour":"red"}          | /colour
                    {"name":"v2_a","a/b~c":1}               | /a~1b~0c
                    {"name":"v2_a","instanceId":"x"}        | /instanceId
                    {}                                      | /name
                    """)
    void shouldPointToTheWrongField(String body, String pointer) {
        install(body)
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid-request"))
                .body("errors[0].pointer", equalTo(pointer));
        assertThat(manager.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "5", "true", "null"})
    void shouldRefuseWhatIsNoObject(String body) {
        install(body).then().statusCode(422).body("errors[0].pointer", equalTo(""));
    }

    @Test
    void shouldRefuseLargeBodyByItsAnnouncedLength() {
        install("{\"name\":\"" + "x".repeat(10 << 20) + "\"}")
                .then()
                .statusCode(413)
                .body("code", equalTo("body-too-large"));
    }

    @Test
    void shouldRefuseLargeBodyOfUnknownLength() throws Exception {
        byte[] body = new byte[10 << 20];
        Arrays.fill(body, (byte) ' ');

        HttpResponse<String> response = chunked(MODULES, "application/json", new ByteArrayInputStream(body));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private HttpResponse<String> chunked(String path, String type, InputStream body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(base.resolve(path))
                            .header("Authorization", "Bearer " + client.token(Role.DEVELOPER))
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/gzip"})
    void shouldRefuseWrongContentType(String type) {
        client.as(Role.DEVELOPER)
                .header("Content-Type", type)
                .body("{\"name\":\"v2_a\"}".getBytes(StandardCharsets.UTF_8))
                .post(MODULES)
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported-media-type"));
    }

    @Test
    void shouldRefuseWhatItCannotAnswerIn() {
        client.as(Role.VIEWER)
                .accept("text/csv")
                .get(MODULES)
                .then()
                .statusCode(406)
                .body("code", equalTo("not-acceptable"));
    }

    @Test
    void shouldListAllowedMethods() {
        Response response = client.as(Role.ADMIN).delete("/api/v1/catalog-of-nothing");
        response.then().statusCode(404);
        String allow = client.as(Role.ADMIN)
                .delete(MODULES)
                .then()
                .statusCode(405)
                .body("code", equalTo("method-not-allowed"))
                .extract()
                .header("Allow");
        assertThat(allow).isEqualTo("GET, HEAD, OPTIONS, POST");
        client.as(Role.ADMIN).get(MODULES + "/upload").then().statusCode(405).header("Allow", "OPTIONS, POST");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/v1/modules            | GET, HEAD, OPTIONS, POST
                    /api/v1/modules/x          | DELETE, GET, HEAD, OPTIONS, PATCH
                    /api/v1/modules/x/start    | OPTIONS, POST
                    /api/v1/modules/x/stats    | GET, HEAD, OPTIONS
                    /api/v1/modules/upload     | OPTIONS, POST
                    /api/v1/events             | GET, OPTIONS
                    """)
    void shouldTellItsOptions(String path, String allow) {
        client.as(Role.VIEWER).options(path).then().statusCode(204).header("Allow", allow);
    }

    @Test
    void shouldHaveNoOptionsWhereThereIsNothing() {
        client.as(Role.VIEWER).options("/api/v1/nothing").then().statusCode(404).body("code", equalTo("not-found"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/modules?after=zzz",
        "/api/v1/operations?after=zzz",
        "/api/v1/catalog?after=zzz",
        "/api/v1/feeds?after=zzz",
        "/api/v1/modules?after=*",
        "/api/v1/modules?state=",
        "/api/v1/operations?status="
    })
    void shouldRefuseWhatIsNoPlaceInTheList(String address) {
        client.as(Role.VIEWER).get(address).then().statusCode(422).body("code", equalTo("invalid-request"));
    }

    @Test
    void shouldRefuseCursorsThatAreTooLong() {
        client.as(Role.VIEWER)
                .get(MODULES + "?after=" + "YQ".repeat(200))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("?after"));
        client.as(Role.VIEWER)
                .header("Last-Event-ID", "1".repeat(65))
                .get("/api/v1/events")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("Last-Event-ID"));
    }

    @Test
    void shouldNotTakeCompressedBodies() {
        client.as(Role.DEVELOPER)
                .contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body("{\"name\":\"v2_a\"}".getBytes(StandardCharsets.UTF_8))
                .post(MODULES)
                .then()
                .statusCode(415)
                .header("Accept-Encoding", "identity")
                .body("code", equalTo("unsupported-media-type"));
        assertThat(manager.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/",
                "/api/v1",
                "/api/v2/modules",
                "/api/v1/nothing",
                "/q/nothing",
                "/problems/nothing",
                "/webjars/x.js"
            })
    void shouldAnswerUnknownAddressesWithAProblem(String path) {
        client.as(Role.ADMIN).get(path).then().statusCode(404).body("code", equalTo("not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/modules/%c0%af", "/api/v1/modules/..%2f..%2fetc", "/api/v1/modules/a%00b"})
    void shouldAnswerMalformedAddressesWithAProblem(String path) throws IOException {
        String answer =
                raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + client.token(Role.VIEWER) + "\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*");
        assertThat(answer).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/modules", "/q/health/live", "/"})
    void shouldMissTheHost(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json", "no Host header");
    }

    /** Refused by the HTTP server itself, before anything of ours can answer. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/modules/%", "/api/v1/modules/%zz"})
    void shouldRefuseAddressesThatAreNoUri(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldStreamAnUploadToStagingAndLeaveNothingBehind() throws IOException {
        byte[] content = new byte[1_500_000];
        Arrays.fill(content, (byte) 7);

        client.as(Role.DEVELOPER)
                .contentType("application/gzip")
                .body(content)
                .post(MODULES + "/upload?start=true")
                .then()
                .statusCode(202);

        assertThat(manager.lastUpload()).isEqualTo(content);
        assertThat(staged()).isEmpty();
    }

    @Test
    void shouldRefuseTooLargeUploadsAnnouncedOrNot() throws Exception {
        byte[] content = new byte[(2 << 20) + 1];

        client.as(Role.DEVELOPER)
                .contentType("application/gzip")
                .body(content)
                .post(MODULES + "/upload")
                .then()
                .statusCode(413);
        HttpResponse<String> response =
                chunked(MODULES + "/upload", "application/gzip", new ByteArrayInputStream(content));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(staged()).isEmpty();
        assertThat(manager.calls()).isEmpty();
    }

    @Test
    void shouldRefuseEmptyAndMistypedUploads() throws IOException {
        client.as(Role.DEVELOPER)
                .contentType("application/gzip")
                .body(new byte[0])
                .post(MODULES + "/upload")
                .then()
                .statusCode(400);
        client.as(Role.DEVELOPER)
                .contentType("application/zip")
                .body(new byte[9])
                .post(MODULES + "/upload")
                .then()
                .statusCode(415);
        client.as(Role.DEVELOPER)
                .contentType("application/gzip")
                .body(new byte[9])
                .post(MODULES + "/upload?instance_id=1")
                .then()
                .statusCode(422);
        assertThat(staged()).isEmpty();
    }

    private static List<Path> staged() throws IOException {
        Path folder = Path.of("target/test-data/staging");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void shouldReuseAnUploadByItsKeyAndContent() {
        assertThat(upload(new byte[] {1, 2}).statusCode()).isEqualTo(202);
        assertThat(upload(new byte[] {1, 2}).statusCode()).isEqualTo(202);
        upload(new byte[] {1, 3}).then().statusCode(422).body("code", equalTo("idempotency-key-reused"));
        assertThat(manager.calls()).hasSize(1);
    }

    private Response upload(byte[] content) {
        return client.as(Role.DEVELOPER)
                .header("Idempotency-Key", "upload-1")
                .contentType("application/gzip")
                .body(content)
                .post(MODULES + "/upload");
    }
}
