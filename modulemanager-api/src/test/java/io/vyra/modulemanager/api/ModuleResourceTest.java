package io.vyra.modulemanager.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ModuleResourceTest {
    private static final String MODULES = "/api/v1/modules";

    private final FakeModuleManager manager;
    private final ApiClient client;
    private ModuleView arm;

    ModuleResourceTest(FakeModuleManager manager, ApiClient client) {
        this.manager = manager;
        this.client = client;
    }

    @BeforeEach
    void install() {
        manager.reset();
        arm = manager.add("v2_arm", true);
    }

    @Test
    void shouldShowAModuleWithItsETag() {
        client.as(Role.VIEWER)
                .get(MODULES + "/" + arm.id())
                .then()
                .statusCode(200)
                .header("ETag", "\"rev-1\"")
                .body("id", equalTo(arm.id()))
                .body("permissions.protected", equalTo(false))
                .body("runtime.last_exit.code", equalTo(3))
                .body("update.version", equalTo("1.1.0"))
                .body("operation", nullValue());
    }

    @Test
    void shouldPageThroughModulesWithoutLosingOrRepeatingOne() {
        for (int i = 0; i < 5; i++) {
            manager.add("v2_leg", true);
        }
        List<String> seen = new ArrayList<>();
        String next = null;
        int pages = 0;
        do {
            Response page = client.as(Role.VIEWER).get(MODULES + "?limit=2" + (next == null ? "" : "&after=" + next));
            seen.addAll(page.jsonPath().getList("items.id"));
            next = page.path("next");
            assertThat(page.header("Link"))
                    .isEqualTo(next == null ? null : "<?limit=2&after=" + next + ">; rel=\"next\"");
            pages++;
        } while (next != null);

        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(6).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void shouldFilterByPhaseAndText() {
        manager.add("v2_leg", true);

        client.as(Role.VIEWER).get(MODULES + "?state=stopped").then().body("items", hasSize(0));
        client.as(Role.VIEWER).get(MODULES + "?q=LEG").then().body("items.name", contains("v2_leg"));
    }

    @Test
    void shouldHideInvisibleModulesFromAllButAdministrators() {
        ModuleView hidden = manager.add("v2_hidden", false);

        client.as(Role.DEVELOPER).get(MODULES + "/" + hidden.id()).then().statusCode(404);
        client.as(Role.DEVELOPER).get(MODULES).then().body("items", hasSize(1));
        client.as(Role.ADMIN).get(MODULES).then().body("items", hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=501",
                "?limit=x",
                "?limit=-1",
                "?limit=99999999999",
                "?after=%FF",
                "?after=!",
                "?state=Running"
            })
    void shouldRefuseBadQueryAndNameTheParameter(String query) {
        client.as(Role.VIEWER)
                .get(MODULES + query)
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid-request"))
                .body("errors[0].pointer", equalTo("?" + query.substring(1, query.indexOf('='))));
    }

    @Test
    void shouldAnswerInstallWithItsOperation() {
        Response response = client.as(Role.DEVELOPER)
                .contentType("application/json")
                .body("{\"name\":\"v2_new\",\"version\":\"^1.2\",\"start\":false}")
                .post(MODULES);

        String id = response.path("id");
        response.then()
                .statusCode(202)
                .header("Location", "/api/v1/operations/" + id)
                .header("Retry-After", "1")
                .body("kind", equalTo("install"))
                .body("created_by", equalTo("test-developer"));
        client.as(Role.VIEWER)
                .get("/api/v1/operations/" + id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id));
        assertThat(manager.calls())
                .containsExactly(new ModuleManager.InstallRequest(
                        "v2_new", Optional.of("^1.2"), Optional.empty(), Optional.empty(), Optional.of(false)));
    }

    @Test
    void shouldNameEveryWrongFieldOfAnInstall() {
        client.as(Role.DEVELOPER)
                .contentType("application/json")
                .body("{\"name\":\"Bad Name\",\"version\":\"new!\",\"repository\":\"X\",\"instance_id\":\"12\"}")
                .post(MODULES)
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/name", "/version", "/repository", "/instance_id"));
        assertThat(manager.calls()).isEmpty();
    }

    @Test
    void shouldReturnTheSameOperationForTheSameKeyAndRefuseAnotherRequest() {
        String first = install("k1", "{\"name\":\"v2_new\",\"start\":true}").path("id");
        String same = install("k1", " {\"start\" : true, \"name\":\"v2_new\"} ").path("id");

        assertThat(same).isEqualTo(first);
        install("k1", "{\"name\":\"v2_other\"}").then().statusCode(422).body("code", equalTo("idempotency-key-reused"));
        assertThat(manager.calls()).hasSize(1);
    }

    private Response install(String key, String body) {
        return client.as(Role.DEVELOPER)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post(MODULES);
    }

    @Test
    void shouldRefuseABadIdempotencyKey() {
        install("k".repeat(256), "{\"name\":\"v2_new\"}")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("Idempotency-Key"));
    }

    @Test
    void shouldRequireTheRightETagForAChange() {
        patch(null, "{\"desired_state\":\"stopped\"}")
                .then()
                .statusCode(428)
                .body("code", equalTo("if-match-required"));
        patch("\"rev-0\"", "{\"desired_state\":\"stopped\"}")
                .then()
                .statusCode(412)
                .body("code", equalTo("stale-etag"));
        patch("W/\"rev-1\"", "{\"desired_state\":\"stopped\"}").then().statusCode(412);
        assertThat(manager.calls()).isEmpty();

        patch("\"x\", \"rev-1\"", "{\"desired_state\":\"stopped\"}").then().statusCode(202);
        patch("*", "{\"alias\":\"\"}").then().statusCode(202);
        assertThat(manager.calls()).hasSize(2);
    }

    private Response patch(String ifMatch, String body) {
        var request = client.as(Role.DEVELOPER).contentType("application/json").body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).patch(MODULES + "/" + arm.id());
    }

    @Test
    void shouldLetOperatorsChangeTheStateOnly() {
        var operator = client.as(Role.OPERATOR).contentType("application/json").header("If-Match", "\"rev-1\"");
        operator.body("{\"pinned\":true}")
                .patch(MODULES + "/" + arm.id())
                .then()
                .statusCode(403);
        client.as(Role.OPERATOR)
                .contentType("application/json")
                .header("If-Match", "\"rev-1\"")
                .body("{\"desired_state\":\"running\"}")
                .patch(MODULES + "/" + arm.id())
                .then()
                .statusCode(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "stop", "restart", "suspend", "resume"})
    void shouldPassCommandsOn(String command) {
        client.as(Role.OPERATOR)
                .post(MODULES + "/" + arm.id() + "/" + command)
                .then()
                .statusCode(202)
                .body("kind", equalTo(command));
    }

    @Test
    void shouldRollBackAndRemoveForDevelopers() {
        client.as(Role.DEVELOPER)
                .post(MODULES + "/v2_arm/rollback")
                .then()
                .statusCode(202)
                .body("kind", equalTo("rollback"));
        client.as(Role.DEVELOPER)
                .delete(MODULES + "/v2_arm?keep_data=true")
                .then()
                .statusCode(202);
        client.as(Role.DEVELOPER)
                .delete(MODULES + "/v2_arm?keep_data=maybe")
                .then()
                .statusCode(422);
        assertThat(manager.calls()).containsExactly(ModuleManager.Command.ROLLBACK, true);
    }

    @Test
    void shouldTellWhatIsKnownOfAModule() {
        for (String part : List.of("explain", "versions", "history", "stats", "logs")) {
            client.as(Role.VIEWER).get(MODULES + "/v2_arm/" + part).then().statusCode(200);
            client.as(Role.VIEWER)
                    .get(MODULES + "/v2_none/" + part)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("module-not-found"));
        }
        client.as(Role.VIEWER).get(MODULES + "/v2_arm/logs?tail=1").then().body("items", hasSize(1));
        client.as(Role.VIEWER).get(MODULES + "/v2_arm/logs?tail=x").then().statusCode(422);
        client.as(Role.VIEWER).get(MODULES + "/v2_arm/history?limit=0").then().statusCode(422);
        client.as(Role.VIEWER).get("/api/v1/retention").then().statusCode(200).body("items[0].kept", equalTo(false));
    }

    @Test
    void shouldTellTheUseOfAllModulesAtOnce() {
        manager.add("v2_secret", false);

        client.as(Role.VIEWER)
                .get("/api/v1/stats")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].module_id", startsWith("v2_arm_"))
                .body("items[0].memory_bytes", notNullValue())
                .body("at", notNullValue());
        client.as(Role.ADMIN).get("/api/v1/stats").then().body("items", hasSize(2));
    }

    @Test
    void shouldTellWhatAModuleNeeds() {
        client.as(Role.VIEWER)
                .get(MODULES + "/v2_arm")
                .then()
                .body("dependencies[0].name", equalTo("v2_motor"))
                .body("dependencies[0].range", equalTo("^1.2"))
                .body("dependencies[0].optional", equalTo(true));
    }

    @Test
    void shouldPlanInstallAndUpdate() {
        plan("{\"name\":\"v2_new\",\"version\":\"^1\"}")
                .then()
                .statusCode(200)
                .body("blockers[0].code", equalTo("port-taken"));
        plan("{\"module\":\"v2_arm\",\"desired_version\":\">=1\"}")
                .then()
                .statusCode(200)
                .body("steps[0].update_order.order", equalTo("stop-first"))
                .body("steps[0].update_order.reason", containsString("nothing is interrupted"));
        plan("{\"module\":\"v2_arm\",\"name\":\"v2_arm\"}")
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem("/name"));
        plan("{}").then().statusCode(422).body("errors.pointer", hasItem("/name"));
        assertThat(manager.calls()).isEmpty();
    }

    private Response plan(String body) {
        return client.as(Role.VIEWER).contentType("application/json").body(body).post("/api/v1/plans");
    }

    @Test
    void shouldAnswer501WhereABusIsNeeded() {
        String base = MODULES + "/v2_arm/";
        for (String part : List.of("params", "params/speed", "params/history", "interfaces")) {
            client.as(Role.VIEWER).get(base + part).then().statusCode(501).body("code", equalTo("not-implemented"));
        }
        client.as(Role.DEVELOPER)
                .contentType("application/json")
                .body("{\"a\":null}")
                .put(base + "params")
                .then()
                .statusCode(501);
        client.as(Role.OPERATOR)
                .contentType("application/json")
                .body("{}")
                .post(base + "call/dance")
                .then()
                .statusCode(501);
        client.as(Role.VIEWER).get("/api/v1/bus").then().statusCode(501);
        client.as(Role.VIEWER).get(MODULES + "/v2_none/params").then().statusCode(404);
    }

    @Test
    void shouldListAndCancelOperations() {
        for (int i = 0; i < 3; i++) {
            client.as(Role.OPERATOR).post(MODULES + "/v2_arm/start").then().statusCode(202);
        }
        Response first = client.as(Role.VIEWER).get("/api/v1/operations?limit=2&status=pending&module=" + arm.id());
        first.then().statusCode(200).body("items", hasSize(2));
        client.as(Role.VIEWER)
                .get("/api/v1/operations?limit=2&after=" + first.path("next"))
                .then()
                .body("items", hasSize(1))
                .body("next", nullValue());
        client.as(Role.VIEWER).get("/api/v1/operations?status=done").then().statusCode(422);
        String id = first.path("items[0].id");
        client.as(Role.OPERATOR)
                .post("/api/v1/operations/" + id + "/cancel")
                .then()
                .statusCode(202);
        client.as(Role.OPERATOR)
                .post("/api/v1/operations/none/cancel")
                .then()
                .statusCode(404)
                .body("code", equalTo("operation-not-found"));
    }

    @Test
    void shouldTellUnforeseenFailuresByTraceIdOnly() {
        manager.failNext(new IllegalStateException("secret internals"));

        client.as(Role.VIEWER)
                .get(MODULES)
                .then()
                .statusCode(500)
                .body("code", equalTo("internal-error"))
                .body("trace_id.length()", equalTo(32))
                .body("detail", containsString("trace_id"))
                .body(org.hamcrest.Matchers.not(containsString("secret")));
    }
}
