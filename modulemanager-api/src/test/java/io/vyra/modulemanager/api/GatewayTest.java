package io.vyra.modulemanager.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.TestBeans.MovableClock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Behind a gateway that is trusted: with the prefix cut off by it, or left on the address. */
@QuarkusTest
@TestProfile(GatewayTest.Behind.class)
class GatewayTest {
    /** Everything on this machine counts as the gateway. */
    public static class Behind implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "vyra.data", "target/test-data-gateway",
                    "vyra.trusted-proxies", "127.0.0.1",
                    "vyra.root-path", "/v2_modulemanager/",
                    "vyra.distribution", "slim",
                    "vyra.metrics.open", "true");
        }
    }

    private final ApiClient client;
    private final FakeModuleManager manager;
    private final MovableClock clock;

    GatewayTest(ApiClient client, FakeModuleManager manager, MovableClock clock) {
        this.client = client;
        this.manager = manager;
        this.clock = clock;
    }

    @BeforeEach
    void reset() {
        manager.reset();
        manager.add("v2_arm", true);
    }

    @Test
    void shouldPutTheForwardedPrefixInFrontOfItsAddresses() {
        client.as(Role.OPERATOR)
                .header("X-Forwarded-Prefix", "/robot/v2_modulemanager/")
                .post("/api/v1/modules/v2_arm/start")
                .then()
                .statusCode(202)
                .header("Location", startsWith("/robot/v2_modulemanager/api/v1/operations/"));
        client.as(Role.OPERATOR)
                .header("X-Forwarded-Prefix", "//evil.example")
                .post("/api/v1/modules/v2_arm/start")
                .then()
                .header("Location", startsWith("/api/v1/operations/"));
    }

    @Test
    void shouldServeEverythingUnderTheConfiguredRootPathToo() {
        client.as(Role.VIEWER)
                .get("/v2_modulemanager/api/v1/modules?q=arm&limit=1")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
        client.as(Role.VIEWER)
                .get("/v2_modulemanager/api/v1/modules/v2_none")
                .then()
                .statusCode(404)
                .body("type", equalTo("/v2_modulemanager/problems/module-not-found"))
                .body("instance", equalTo("/v2_modulemanager/api/v1/modules/v2_none"));
        client.anonymous().get("/v2_modulemanager/api/v1/modules").then().statusCode(401);
        client.anonymous().get("/v2_modulemanager/").then().statusCode(200).body(containsString("<title>UI"));
        client.anonymous()
                .redirects()
                .follow(false)
                .get("/v2_modulemanager")
                .then()
                .statusCode(308)
                .header("Location", "v2_modulemanager/");
        client.anonymous()
                .get("/v2_modulemanager/health")
                .then()
                .statusCode(200)
                .body("mode", equalTo("slim"));
    }

    @Test
    void shouldTakeOriginAndSchemeFromTheGateway() {
        client.anonymous()
                .cookie("mm_session", client.token(Role.OPERATOR))
                .header("X-Forwarded-Host", "robot.example")
                .header("X-Forwarded-Proto", "https")
                .header("Origin", "https://robot.example")
                .post("/api/v1/modules/v2_arm/start")
                .then()
                .statusCode(202);
        String cookie = client.anonymous()
                .header("X-Forwarded-Proto", "https")
                .contentType("application/json")
                .body("{\"username\":\"test-operator\",\"password\":\"" + ApiClient.PASSWORD + "\"}")
                .post("/v2_modulemanager/api/v1/auth/login")
                .then()
                .statusCode(200)
                .extract()
                .header("Set-Cookie");
        assertThat(cookie).contains("Secure", "Path=/v2_modulemanager/");
    }

    @Test
    void shouldCountLoginsByTheForwardedAddress() {
        // The lock lasts 5 s from the last attempt on, and checking a password takes its time.
        try (MovableClock.Stopped _ = clock.stop()) {
            for (int i = 0; i < 20; i++) {
                attempt("198.51.100.7", "user" + i).then().statusCode(401);
            }
            attempt("198.51.100.7", "user-x").then().statusCode(429);
            attempt("198.51.100.7, 127.0.0.1", "user-x").then().statusCode(429);
            attempt("198.51.100.8", "user-x").then().statusCode(401);
        }
    }

    private io.restassured.response.Response attempt(String address, String user) {
        return client.anonymous()
                .header("X-Forwarded-For", address)
                .contentType("application/json")
                .body("{\"username\":\"" + user + "\",\"password\":\"wrong password\"}")
                .post("/api/v1/auth/login");
    }

    @Test
    void shouldOpenTheMetricsWhenConfigured() {
        assertThat(RestAssured.get("/q/metrics").statusCode()).isEqualTo(200);
    }
}
