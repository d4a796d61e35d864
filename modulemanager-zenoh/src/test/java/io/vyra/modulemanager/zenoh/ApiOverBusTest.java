package io.vyra.modulemanager.zenoh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.session.IncomingQuery;
import io.vyra.zenoh.session.Locality;
import io.vyra.zenoh.wire.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The REST contract asked for on the bus, line by line. */
class ApiOverBusTest {
    /** Where each operation of {@code openapi.yaml} is on the bus, and arguments that are enough for it. */
    private static final Map<String, List<String>> SERVED = new TreeMap<>();

    static {
        SERVED.put("listUsers", List.of("users", ""));
        SERVED.put("listModules", List.of("modules", ""));
        SERVED.put("installModule", List.of("install", "\"name\":\"lamp\""));
        SERVED.put("getModule", List.of("modules/{id}", ""));
        SERVED.put("changeModule", List.of("modules/{id}/change", "\"desired_state\":\"stopped\",\"etag\":\"*\""));
        SERVED.put("removeModule", List.of("modules/{id}/remove", ""));
        for (String command : List.of("start", "stop", "restart", "suspend", "resume", "rollback")) {
            SERVED.put(command + "Module", List.of("modules/{id}/" + command, ""));
        }
        SERVED.put("explainModule", List.of("modules/{id}/explain", ""));
        SERVED.put("listVersions", List.of("modules/{id}/versions", ""));
        SERVED.put("listHistory", List.of("modules/{id}/history", ""));
        SERVED.put("getStats", List.of("modules/{id}/stats", ""));
        SERVED.put("listStats", List.of("stats", ""));
        SERVED.put("readLogs", List.of("modules/{id}/logs", ""));
        SERVED.put("getParams", List.of("modules/{id}/params", ""));
        SERVED.put("getParam", List.of("modules/{id}/params", "\"key\":\"speed\""));
        SERVED.put("setParams", List.of("modules/{id}/params/set", "\"values\":{\"speed\":2}"));
        SERVED.put("setParam", List.of("modules/{id}/params/set", "\"values\":{\"speed\":2}"));
        SERVED.put("getParamsHistory", List.of("modules/{id}/params/history", ""));
        SERVED.put("restoreParams", List.of("modules/{id}/params/restore", "\"before\":1"));
        SERVED.put("getInterfaces", List.of("modules/{id}/interfaces", ""));
        SERVED.put("callFunction", List.of("modules/{id}/call", "\"function\":\"greet\""));
        SERVED.put("plan", List.of("plans", "\"name\":\"lamp\""));
        SERVED.put("listOperations", List.of("operations", ""));
        SERVED.put("getOperation", List.of("operations/{operation}", ""));
        SERVED.put("cancelOperation", List.of("operations/{operation}/cancel", ""));
        SERVED.put("listRepositories", List.of("repositories", ""));
        SERVED.put("getRepository", List.of("repositories/demo", ""));
        SERVED.put("refreshRepository", List.of("repositories/demo/refresh", ""));
        SERVED.put("searchCatalog", List.of("catalog", ""));
        SERVED.put("readFeeds", List.of("feeds", ""));
        SERVED.put("getSystem", List.of("system", ""));
        SERVED.put("getRetention", List.of("retention", ""));
        SERVED.put("getBus", List.of("bus", ""));
        SERVED.put("listProblems", List.of("problems", ""));
        SERVED.put("getProblem", List.of("problems/not-found", ""));
    }

    /** Who asks is decided when he connects; secrets, files and streams do not travel in messages. */
    private static final Set<String> ONLY_OVER_REST = Set.of(
            "login",
            "logout",
            "me",
            "changePassword",
            "createUser",
            "changeUser",
            "deleteUser",
            "createRepository",
            "replaceRepository",
            "deleteRepository",
            "uploadModule",
            "getDiagnostics",
            "backup",
            "events",
            "getRosGraph",
            "echoRosTopic",
            "publishRosMessage",
            "callRosService",
            "health");

    /** Where a path, a header or a free body of REST is an argument here. */
    private static final Map<String, List<String>> OTHER_ARGUMENTS = Map.of(
            "changeModule", List.of("desired_state", "desired_version", "alias", "primary", "pinned", "etag"),
            "readLogs", List.of("tail"),
            "getParams", List.of("key"),
            "getParam", List.of("key"),
            "setParams", List.of("values"),
            "setParam", List.of("values"),
            "callFunction", List.of("function", "arguments", "timeout"));

    @TempDir
    private Path folder;

    private Robot robot;
    private ModuleId arm;
    private BusClient admin;

    @BeforeEach
    void begin() throws Exception {
        robot = new Robot(folder, Settings.authenticated(folder, "ada:admin:a\nvera:viewer:v\ndora:developer:d\n"));
        arm = robot.installSleeper("arm");
        robot.assembly
                .repositories()
                .add(new Repository(
                        "demo",
                        "Demo",
                        repository().toUri().toString(),
                        100,
                        true,
                        "",
                        Optional.empty(),
                        Optional.empty()));
        robot.assembly.refresher().refreshAll();
        admin = as("ada", "a");
    }

    @AfterEach
    void end() {
        admin.close();
        robot.close();
    }

    private BusClient as(String user, String password) throws Exception {
        return BusClient.as(user, password, robot.endpoint(), robot);
    }

    private Path repository() throws Exception {
        Path root = Files.createDirectories(folder.resolve("repository"));
        Files.writeString(root.resolve("index.json"), """
                {"name": "demo", "description": "", "version": "1", "type": "file", "base_url": "", "last_updated": "",
                 "modules": [%s, %s], "plugins": [], "images": []}
                """.formatted(entry("1.0.0"), entry("1.1.0")));
        return root;
    }

    private static String entry(String version) {
        return """
                {"name": "lamp", "version": "%1$s", "hash": "", "description": "shines", "author": "tests", "blueprints": [],
                 "dependencies": [], "flags": {}, "filename": "modules/lamp/%1$s/lamp_%1$s.tar.gz", "size": 100,
                 "checksum": "%2$s"}""".formatted(version, "a".repeat(64));
    }

    private String path(String template) {
        String path = template.replace("{id}", arm.toString());
        return path.contains("{operation}")
                ? path.replace(
                        "{operation}",
                        read("operations", "{}").at("/items/0/id").asText())
                : path;
    }

    private JsonNode read(String path, String payload) {
        BusClient.Answer answer = admin.ask(path, payload);
        assertThat(answer.isProblem()).as(path + ": " + answer.body()).isFalse();
        return answer.body();
    }

    @Test
    void shouldHaveEveryOperationOfTheContractThatIsNotOnlyForRest() {
        Set<String> known = new TreeSet<>(SERVED.keySet());
        known.addAll(ONLY_OVER_REST);

        assertThat(known).containsExactlyElementsOf(Contract.operations().keySet());
    }

    @Test
    void shouldTakeTheArgumentsOfTheContractAndNoOthers() {
        Contract.operations().forEach((id, operation) -> {
            if (SERVED.containsKey(id)) {
                String given = SERVED.get(id).getLast();
                BusClient.Answer answer = admin.ask(
                        path(SERVED.get(id).getFirst()), "{" + given + (given.isEmpty() ? "" : ",") + "\"no_such\":1}");

                assertThat(answer.code()).as(id).isEqualTo("invalid-request");
                assertThat(answer.body().at("/errors/0/pointer").asText())
                        .as(id)
                        .isEqualTo("/no_such");
                assertThat(known(answer.body())).as(id).isEqualTo(wanted(id, operation));
            }
        });
    }

    private static TreeSet<String> known(JsonNode problem) {
        String detail = problem.at("/errors/0/detail").asText();
        return Arrays.stream(detail.replaceFirst(".*known are ?", "").split(", "))
                .filter(name -> !name.isEmpty())
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }

    private static TreeSet<String> wanted(String id, JsonNode operation) {
        TreeSet<String> wanted = OTHER_ARGUMENTS.containsKey(id)
                ? new TreeSet<>(OTHER_ARGUMENTS.get(id))
                : Contract.arguments(operation);
        boolean isCommand = operation.path("responses").has("202") && !id.equals("cancelOperation");
        if (isCommand) {
            wanted.add("idempotency_key");
        }
        return wanted;
    }

    @Test
    void shouldAnswerWithTheDocumentsOfTheContract() {
        for (String operation : List.of(
                "listUsers",
                "listModules",
                "getModule",
                "explainModule",
                "listVersions",
                "listHistory",
                "getStats",
                "listStats",
                "readLogs",
                "getParamsHistory",
                "plan",
                "listOperations",
                "getOperation",
                "listRepositories",
                "getRepository",
                "refreshRepository",
                "searchCatalog",
                "readFeeds",
                "getRetention",
                "getBus",
                "listProblems",
                "getProblem")) {
            List<String> question = SERVED.get(operation);
            JsonNode answer = read(path(question.getFirst()), "{" + question.getLast() + "}");
            // Over REST it is a header.
            withoutTag(answer);

            Contract.assertAnswers(answer, operation);
        }
        assertThat(read("system", "{}").path("id").asText())
                .isEqualTo(robot.manager().self().toString());
        assertThat(read("catalog", "{\"q\":\"SHINES\"}").path("items")).hasSize(2);
        assertThat(read("plans", "{\"name\":\"lamp\",\"version\":\"1.0.0\"}")
                        .at("/steps/0/version")
                        .asText())
                .isEqualTo("1.0.0");
    }

    private static void withoutTag(JsonNode answer) {
        Stream.concat(Stream.of(answer), answer.path("items").valueStream())
                .forEach(it -> ((ObjectNode) it).remove("etag"));
    }

    @Test
    void shouldGiveLongListsInPages() throws Exception {
        ModuleId leg = robot.installSleeper("leg");

        assertThat(pages("modules", "id")).containsExactly(arm.toString(), leg.toString());
        assertThat(pages("operations", "module_id")).containsExactly(leg.toString(), arm.toString());
        assertThat(pages("catalog", "version")).containsExactly("1.1.0", "1.0.0");
        assertThat(read("modules", "{\"q\":\"LEG\"}").at("/items/0/id").asText())
                .isEqualTo(leg.toString());
        String cursor = read("feeds", "{\"limit\":1}").path("next").asText();
        assertThat(read("feeds", "{\"limit\":1,\"after\":\"" + cursor + "\"}")
                        .at("/items/0/id")
                        .asLong())
                .isGreaterThan(read("feeds", "{\"limit\":1}").at("/items/0/id").asLong());
        assertThat(admin.ask("modules", "{\"after\":\"nonsense\"}").code()).isEqualTo("invalid-request");
    }

    /** A field of each item, page by page with one item each. */
    private List<String> pages(String path, String field) {
        JsonNode first = read(path, "{\"limit\":1}");
        JsonNode second =
                read(path, "{\"limit\":1,\"after\":\"" + first.path("next").asText() + "\"}");
        assertThat(second.path("next").isNull()).as(path + " has two pages").isTrue();
        return Stream.of(first, second)
                .flatMap(page -> page.path("items").valueStream())
                .map(item -> item.path(field).asText())
                .toList();
    }

    @Test
    void shouldLetEachRoleDoAsMuchAsOverRest() throws Exception {
        try (BusClient viewer = as("vera", "v");
                BusClient developer = as("dora", "d");
                BusClient module = as(
                        arm.toString(),
                        robot.assembly.tokens().busPasswordOf(arm).orElseThrow())) {
            assertThat(viewer.ask("catalog", "{}").isProblem()).isFalse();
            assertThat(viewer.ask("users", "{}").code()).isEqualTo("forbidden");
            assertThat(viewer.ask("repositories/demo/refresh", "{}").code()).isEqualTo("forbidden");
            assertThat(viewer.ask(path("modules/{id}/params/set"), "{\"values\":{\"a\":1}}")
                            .code())
                    .isEqualTo("forbidden");
            assertThat(developer.ask("repositories/demo/refresh", "{}").isProblem())
                    .isFalse();
            assertThat(developer.ask("users", "{}").code()).isEqualTo("forbidden");
            assertThat(module.ask(path("modules/{id}"), "{}").isProblem()).isFalse();
            for (String path : List.of("catalog", "repositories", "feeds", "system", "bus")) {
                assertThat(module.ask(path, "{}").code()).as(path).isEqualTo("forbidden");
            }
        }
    }

    @Test
    void shouldAskRunningModules() throws Exception {
        assertThat(admin.ask(path("modules/{id}/params"), "{}").code())
                .as("nobody speaks for it")
                .isEqualTo("timed-out");
        try (BusClient module =
                as(arm.toString(), robot.assembly.tokens().busPasswordOf(arm).orElseThrow())) {
            serve(module, "read_all_params", "{\"all_params_json\":\"{\\\"speed\\\":1}\"}");
            serve(module, "set_parameter", "{\"success\":true}");
            serve(module, "get_interface_list", "{\"interface_list\":[]}");
            serve(module, "greet", "{\"greeting\":\"hello\"}");
            await().atMost(Robot.PATIENCE)
                    .until(() -> !admin.ask(path("modules/{id}/call"), "{\"function\":\"greet\"}")
                            .isProblem());

            assertThat(read(path("modules/{id}/params"), "{}").path("speed").asInt())
                    .isEqualTo(1);
            assertThat(read(path("modules/{id}/interfaces"), "{}").has("interface_list"))
                    .isTrue();
            JsonNode change = read(path("modules/{id}/params/set"), "{\"values\":{\"speed\":3}}");
            Contract.assertFits(change, "ParameterChange");
            assertThat(change.path("author").asText()).isEqualTo("ada");
            assertThat(change.at("/before/speed").asInt()).isEqualTo(1);
            JsonNode back = read(
                    path("modules/{id}/params/restore"),
                    "{\"before\":" + change.path("id").asLong() + "}");
            assertThat(back.at("/after/speed").asInt()).isEqualTo(1);
            JsonNode history = read(path("modules/{id}/params/history"), "{}");
            assertThat(history.path("items")).hasSize(2);
            Contract.assertAnswers(history, "getParamsHistory");
        }
        assertThat(admin.ask(path("modules/{id}/stop"), "{}").isProblem()).isFalse();
        await().atMost(Robot.PATIENCE)
                .until(() -> admin.ask(path("modules/{id}/params"), "{}").code().equals("conflict"));
    }

    private void serve(BusClient module, String function, String answer) {
        module.session()
                .declareQueryable(
                        KeyExpression.of(arm + "/" + function),
                        true,
                        Locality.ANY,
                        (IncomingQuery query) -> query.reply(Bytes.of(answer)));
    }

    @Test
    void shouldSayOfItsOwnRoutesThatTheyAreItsOwn() {
        JsonNode bus = read("bus", "{}");

        assertThat(bus.path("route_count").asInt()).isEqualTo(bus.path("routes").size());
        assertThat(bus.path("routes")
                        .valueStream()
                        .filter(route -> route.path("key")
                                .asText()
                                .startsWith(robot.manager().self().toString())))
                .isNotEmpty()
                .allMatch(route -> route.path("face").isNull());
    }
}
