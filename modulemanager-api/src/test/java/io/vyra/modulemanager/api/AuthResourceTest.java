package io.vyra.modulemanager.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.ModuleTokens;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.access.Sessions;
import io.vyra.modulemanager.api.TestBeans.MovableClock;
import io.vyra.modulemanager.module.ModuleId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuthResourceTest {
    private static final String COOKIE = "mm_session";

    private final ApiClient client;
    private final FakeModuleManager manager;
    private final ModuleTokens moduleTokens;
    private final MovableClock clock;

    AuthResourceTest(ApiClient client, FakeModuleManager manager, ModuleTokens moduleTokens, MovableClock clock) {
        this.client = client;
        this.manager = manager;
        this.moduleTokens = moduleTokens;
        this.clock = clock;
    }

    @BeforeEach
    void reset() {
        manager.reset();
        // Locks of earlier tests are over.
        clock.advance(Duration.ofHours(2));
    }

    private Response login(String username, String password) {
        return client.anonymous()
                .contentType("application/json")
                .body("{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}")
                .post("/api/v1/auth/login");
    }

    @Test
    void shouldLogInWithTokenAndCookieAndOutAgain() {
        client.token(Role.OPERATOR);

        Response response = login("test-operator", ApiClient.PASSWORD);

        String cookie = response.then()
                .statusCode(200)
                .body("user.role", equalTo("operator"))
                .extract()
                .header("Set-Cookie");
        String token = response.path("token");
        assertThat(cookie)
                .contains(COOKIE + "=" + token, "HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure");
        client.withToken(token)
                .get("/api/v1/auth/me")
                .then()
                .statusCode(200)
                .body("username", equalTo("test-operator"));
        client.anonymous().cookie(COOKIE, token).get("/api/v1/auth/me").then().statusCode(200);

        client.withToken(token).post("/api/v1/auth/logout").then().statusCode(204);

        client.withToken(token).get("/api/v1/auth/me").then().statusCode(401).body("code", equalTo("unauthenticated"));
    }

    @Test
    void shouldAnswerWrongNameAndWrongPasswordAlike() {
        client.token(Role.VIEWER);
        String wrongName = login("nobody-here", ApiClient.PASSWORD)
                .then()
                .statusCode(401)
                .extract()
                .asString();
        String wrongPassword = login("test-viewer", "not this one")
                .then()
                .statusCode(401)
                .extract()
                .asString();

        assertThat(wrongName).isEqualTo(wrongPassword);
    }

    @Test
    void shouldLockOutWithRetryAfter() {
        client.fresh("locked-user", Role.VIEWER, false);
        // The lock lasts 5 s from the attempt on, and checking a password takes its time.
        try (MovableClock.Stopped _ = clock.stop()) {
            for (int i = 0; i < 5; i++) {
                login("locked-user", "wrong password").then().statusCode(401);
            }

            Response response = login("locked-user", ApiClient.PASSWORD);

            response.then().statusCode(429).body("code", equalTo("too-many-requests"));
            assertThat(Integer.parseInt(response.header("Retry-After"))).isPositive();
        }
    }

    @Test
    void shouldExpireSessions() {
        String token = client.fresh("expiring-user", Role.VIEWER, false).token();

        clock.advance(Duration.ofHours(12).plusSeconds(1));

        client.withToken(token).get("/api/v1/modules").then().statusCode(401);
    }

    @Test
    void shouldAllowNothingButChangingThePasswordBeforeItWasChanged() {
        Sessions.Opened opened = client.fresh("new-user", Role.ADMIN, true);
        for (String path :
                new String[] {"/api/v1/modules", "/api/v1/users", "/q/metrics", "/docs/", "/api/v1/events"}) {
            client.withToken(opened.token())
                    .get(path)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("password-change-required"));
        }
        client.withToken(opened.token()).get("/api/v1/auth/me").then().body("must_change_password", equalTo(true));

        Response changed = client.withToken(opened.token())
                .contentType("application/json")
                .body("{\"old_password\":\"" + ApiClient.PASSWORD + "\",\"new_password\":\"another good one\"}")
                .post("/api/v1/auth/password");

        changed.then().statusCode(200).body("user.must_change_password", equalTo(false));
        client.withToken(changed.path("token")).get("/api/v1/modules").then().statusCode(200);
        client.withToken(opened.token()).get("/api/v1/auth/me").then().statusCode(401);
    }

    @Test
    void shouldPointToTheWrongPassword() {
        String token = client.fresh("careless-user", Role.VIEWER, false).token();

        client.withToken(token)
                .contentType("application/json")
                .body("{\"old_password\":\"wrong password\",\"new_password\":\"another good one\"}")
                .post("/api/v1/auth/password")
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem("/old_password"));
    }

    @Test
    void shouldTakeWritesByCookieFromTheSameOriginOnly() {
        ModuleView arm = manager.add("v2_arm", true);
        String path = "/api/v1/modules/" + arm.id() + "/start";
        String token = client.token(Role.OPERATOR);

        client.anonymous().cookie(COOKIE, token).post(path).then().statusCode(403);
        client.anonymous()
                .cookie(COOKIE, token)
                .header("Sec-Fetch-Site", "cross-site")
                .post(path)
                .then()
                .statusCode(403);
        client.anonymous()
                .cookie(COOKIE, token)
                .header("Sec-Fetch-Site", "same-site")
                .post(path)
                .then()
                .statusCode(403);
        client.anonymous()
                .cookie(COOKIE, token)
                .header("Origin", "http://evil.example")
                .post(path)
                .then()
                .statusCode(403);
        client.anonymous()
                .cookie(COOKIE, token)
                .header("Origin", "https://robot.example")
                .header("X-Forwarded-Host", "robot.example")
                .header("X-Forwarded-Proto", "https")
                .post(path)
                .then()
                .statusCode(403);
        assertThat(manager.calls()).isEmpty();

        client.anonymous()
                .cookie(COOKIE, token)
                .header("Sec-Fetch-Site", "same-origin")
                .post(path)
                .then()
                .statusCode(202);
        client.anonymous()
                .cookie(COOKIE, token)
                .header("Origin", "http://localhost:" + io.restassured.RestAssured.port)
                .post(path)
                .then()
                .statusCode(202);
    }

    @Test
    void shouldLetAModuleReadItselfOnly() {
        ModuleView arm = manager.add("v2_arm", false);
        ModuleView leg = manager.add("v2_leg", true);
        String token = moduleTokens.issue(ModuleId.parse(arm.id()).orElseThrow());

        for (String part : new String[] {"", "/explain", "/versions", "/history", "/stats", "/logs"}) {
            client.withToken(token)
                    .get("/api/v1/modules/" + arm.id() + part)
                    .then()
                    .statusCode(200);
            client.withToken(token)
                    .get("/api/v1/modules/" + leg.id() + part)
                    .then()
                    .statusCode(403);
        }
        client.withToken(token).get("/api/v1/modules").then().statusCode(403);
        client.withToken(token).get("/api/v1/events").then().statusCode(403);
        client.withToken(token).get("/q/metrics").then().statusCode(403);
        client.withToken(token)
                .post("/api/v1/modules/" + arm.id() + "/stop")
                .then()
                .statusCode(403);
        client.withToken(token).delete("/api/v1/modules/" + arm.id()).then().statusCode(403);
    }

    @Test
    void shouldLetTheMetricsTokenReadMetricsOnly() {
        client.withToken("metrics-token-for-tests")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("jvm_"));
        client.withToken("metrics-token-for-tests")
                .get("/api/v1/modules")
                .then()
                .statusCode(403);
        client.withToken("metrics-token-for-tests").get("/q/openapi").then().statusCode(403);
        client.anonymous().get("/q/metrics").then().statusCode(401);
        client.as(Role.VIEWER).get("/q/metrics").then().statusCode(200);
    }

    @Test
    void shouldManageUsers() {
        client.as(Role.ADMIN)
                .contentType("application/json")
                .body("{\"username\":\"anna\",\"password\":\"correct horse battery\",\"role\":\"viewer\"}")
                .post("/api/v1/users")
                .then()
                .statusCode(201)
                .header("Location", "/api/v1/users/anna")
                .body("must_change_password", equalTo(true))
                .body(not(containsString("correct horse")));
        client.as(Role.ADMIN)
                .contentType("application/json")
                .body("{\"username\":\"anna\",\"password\":\"correct horse battery\",\"role\":\"viewer\"}")
                .post("/api/v1/users")
                .then()
                .statusCode(409);
        client.as(Role.ADMIN)
                .contentType("application/json")
                .body("{\"role\":\"operator\"}")
                .patch("/api/v1/users/anna")
                .then()
                .statusCode(200)
                .body("role", equalTo("operator"));
        client.as(Role.ADMIN)
                .contentType("application/json")
                .body("{\"role\":\"god\"}")
                .patch("/api/v1/users/anna")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/role"));
        client.as(Role.ADMIN)
                .contentType("application/json")
                .body("{}")
                .patch("/api/v1/users/anna")
                .then()
                .statusCode(422);
        client.as(Role.ADMIN).get("/api/v1/users").then().statusCode(200).body("items.size()", greaterThan(1));
        client.as(Role.ADMIN).delete("/api/v1/users/anna").then().statusCode(204);
        client.as(Role.ADMIN).delete("/api/v1/users/anna").then().statusCode(404);
    }

    @Test
    void shouldWriteTheFirstPasswordToAFile() throws Exception {
        assertThat(Files.readString(Path.of("target/test-data/initial-admin-password")))
                .hasSize(21);
    }
}
