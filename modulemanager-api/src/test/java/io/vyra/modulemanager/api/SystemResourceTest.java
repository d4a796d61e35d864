package io.vyra.modulemanager.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.SystemReport;
import io.vyra.modulemanager.access.Role;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manager itself, repositories, documentation, web interface and what every answer carries. */
@QuarkusTest
class SystemResourceTest {
    private final ApiClient client;
    private final FakeModuleManager manager;
    private final SystemReport report;

    SystemResourceTest(ApiClient client, FakeModuleManager manager, SystemReport report) {
        this.client = client;
        this.manager = manager;
        this.report = report;
    }

    @BeforeEach
    void reset() {
        manager.reset();
        manager.add("v2_arm", true);
    }

    @Test
    void shouldTellItsHealthToEverybody() {
        client.anonymous()
                .get("/health")
                .then()
                .statusCode(200)
                .body("status", equalTo("ok"))
                .body("mode", equalTo("full"));
        for (String probe : List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started")) {
            client.anonymous().get(probe).then().statusCode(200).body("status", equalTo("UP"));
        }
    }

    @Test
    void shouldGiveOtherFacesTheSameFigures() {
        Map<String, ?> overRest =
                client.as(Role.VIEWER).get("/api/v1/system").jsonPath().getMap("");

        ObjectNode document = report.read(new Caller("anna", Role.VIEWER));

        List<String> fields = new ArrayList<>();
        document.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).containsExactlyElementsOf(overRest.keySet());
        assertThat(document.path("id").asText()).isEqualTo(FakeModuleManager.SELF.toString());
        assertThat(document.path("started_at").asText()).isEqualTo(overRest.get("started_at"));
        assertThat(document.at("/modules/running").asLong()).isEqualTo(1);
    }

    @Test
    void shouldTellItsFigures() {
        client.as(Role.VIEWER)
                .get("/api/v1/system")
                .then()
                .statusCode(200)
                .body("id", equalTo(FakeModuleManager.SELF.toString()))
                .body("distribution", equalTo("full"))
                .body("aot_cache", equalTo("absent"))
                .body("container_engine", equalTo("absent"))
                .body("modules.running", equalTo(1));
    }

    @Test
    void shouldBackUpItsState() {
        String file = client.as(Role.ADMIN)
                .post("/api/v1/system/backup")
                .then()
                .statusCode(201)
                .extract()
                .path("file");

        assertThat(Path.of("target/test-data/backups", file)).isNotEmptyFile();
    }

    @Test
    void shouldBundleDiagnosticsWithoutSecrets() throws Exception {
        byte[] zip = client.as(Role.ADMIN)
                .get("/api/v1/system/diagnostics")
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();

        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .doesNotContain("mms_", "argon2", "mmm_");
            }
        }
        assertThat(names).contains("system.json", "operations.json").anyMatch(name -> name.endsWith("/log.json"));
    }

    @Test
    void shouldManageRepositoriesWithoutEverShowingTheKey(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("index.json"), """
                {"name":"r","modules":[{"name":"v2_arm","version":"2.0.0","hash":"","description":"An arm","author":"A",
                "template":["driver"],"icon":"","dependencies":[],"flags":{},"filename":"modules/v2_arm/2.0.0/v2_arm_2.0.0.tar.gz",
                "size":3,"checksum":""}],"plugins":[],"images":[]}
                """);
        String url = folder.toUri().toString();
        Response created = client.as(Role.ADMIN)
                .contentType("application/json")
                .body("{\"name\":\"My Repo\",\"url\":\"" + url + "\",\"description\":\"x\"}")
                .post("/api/v1/repositories");
        created.then()
                .statusCode(201)
                .header("Location", "/api/v1/repositories/my-repo")
                .body("has_api_key", equalTo(false));

        client.as(Role.DEVELOPER)
                .post("/api/v1/repositories/my-repo/refresh")
                .then()
                .statusCode(200)
                .body("entries", equalTo(1));
        client.as(Role.VIEWER)
                .get("/api/v1/catalog?q=arm&repository=my-repo")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].update_available", equalTo(true))
                .body("items[0].installed", hasSize(1));
        client.as(Role.VIEWER).get("/api/v1/catalog?repository=UPPER").then().statusCode(422);
        client.as(Role.VIEWER).get("/api/v1/repositories").then().statusCode(200);
        client.as(Role.ADMIN)
                .contentType("application/json")
                .body("{\"name\":\"My Repo\",\"url\":\"ftp://x\"}")
                .put("/api/v1/repositories/my-repo")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/url"));
        client.as(Role.ADMIN)
                .contentType("application/json")
                .body(
                        "{\"name\":\"My Repo\",\"url\":\"https://repo.example.org\",\"api_key\":\"very-secret-key\",\"enabled\":false}")
                .put("/api/v1/repositories/my-repo")
                .then()
                .statusCode(200)
                .body("has_api_key", equalTo(true))
                .body(org.hamcrest.Matchers.not(containsString("very-secret-key")));
        client.as(Role.ADMIN).delete("/api/v1/repositories/my-repo").then().statusCode(204);
        client.as(Role.VIEWER)
                .get("/api/v1/repositories/my-repo")
                .then()
                .statusCode(404)
                .body("code", equalTo("repository-not-found"));
    }

    @Test
    void shouldServeItsContractAndThePageForItToUsersOnly() {
        client.as(Role.VIEWER).get("/q/openapi").then().statusCode(200).body(startsWith("openapi: 3.1"));
        client.as(Role.VIEWER).get("/docs/").then().statusCode(200).body(containsString("swagger-ui-bundle.js"));
        for (String asset : List.of("swagger-ui-bundle.js", "swagger-ui.css", "docs.js")) {
            client.as(Role.VIEWER).get("/docs/" + asset).then().statusCode(200);
        }
        client.anonymous().get("/docs/").then().statusCode(401);
        client.anonymous().get("/q/openapi").then().statusCode(401);
        client.as(Role.VIEWER).get("/docs/other").then().statusCode(404);
    }

    @Test
    void shouldExplainProblems() {
        client.anonymous().get("/problems/stale-etag").then().statusCode(200).body("status", equalTo(412));
        client.anonymous()
                .accept("text/html")
                .get("/problems/stale-etag")
                .then()
                .statusCode(200)
                .body(containsString("<h1>The module changed meanwhile"));
        client.anonymous().get("/problems").then().statusCode(200);
        client.anonymous().get("/problems/none").then().statusCode(404);
    }

    @Test
    void shouldServeTheWebInterfaceAndAllowNothingInline() {
        client.anonymous()
                .get("/")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("script-src 'self'; style-src 'self';"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("Cache-Control", containsString("no-cache"))
                .body(containsString("<title>UI"));
    }

    @ParameterizedTest
    @CsvSource({"/modules, ./", "/modules/, ../", "/modules/v2_arm/logs, ../../"})
    void shouldLeadAddressesWithoutAFileToTheWebInterface(String path, String location) {
        client.anonymous()
                .redirects()
                .follow(false)
                .get(path)
                .then()
                .statusCode(302)
                .header("Location", location);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gzip, br      | gzip
                    br, gzip;q=.5 | gzip
                    identity      |
                    gzip;q=0, br  |
                    gzip; q=0.000 |
                    """)
    void shouldSendCompressedWhatTheBuildCompressed(String accepted, String encoding) throws Exception {
        // REST Assured has its own mind about this header.
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/assets/app.js"))
                .header("Accept-Encoding", accepted)
                .build();
        HttpResponse<byte[]> answer;
        try (HttpClient http = HttpClient.newHttpClient()) {
            answer = http.send(request, BodyHandlers.ofByteArray());
        }

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Encoding")).isEqualTo(Optional.ofNullable(encoding));
        assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
        InputStream body = new ByteArrayInputStream(answer.body());
        try (InputStream plain = encoding == null ? body : new GZIPInputStream(body)) {
            assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).contains("export");
        }
    }

    @Test
    void shouldServeAssetsForLongAndNothingElse() {
        client.anonymous()
                .get("/assets/app.js")
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("immutable"));
        client.anonymous().get("/assets/missing.js").then().statusCode(404).contentType("application/problem+json");
        client.anonymous().get("/../application.properties").then().statusCode(404);
        client.anonymous().get("/%2e%2e/application.properties").then().statusCode(404);
        client.anonymous().post("/").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/api/v1/modules", "/problems", "/nothing.js"})
    void shouldSetSecurityHeadersOnEveryAnswer(String path) {
        client.anonymous()
                .get(path)
                .then()
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
    }

    @Test
    void shouldIgnoreForwardedHeadersFromStrangers() {
        client.as(Role.VIEWER)
                .header("X-Forwarded-Prefix", "/v2_modulemanager")
                .get("/api/v1/modules/v2_none")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/module-not-found"));
    }
}
