package io.vyra.modulemanager.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.face.Ask;
import io.vyra.modulemanager.face.ContractDocuments;
import io.vyra.modulemanager.face.Face;
import io.vyra.modulemanager.face.Reply;
import io.vyra.modulemanager.face.Told;
import io.vyra.modulemanager.manager.SampleRobot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The REST interface as the conformance suite drives it; every answer is held to {@code openapi.yaml}. */
final class RestFace implements Face {
    private static final String API = "/api/v1/";

    private final ApiClient client;

    RestFace(ApiClient client) {
        this.client = client;
    }

    @Override
    public Map<Class<? extends Ask>, String> withheld() {
        return Map.of();
    }

    @Override
    public List<Role> roles() {
        return List.of(Role.values());
    }

    @Override
    public String place(Ask ask, String field) {
        return ask instanceof Ask.ListModules ? "?" + field : "/" + field;
    }

    @Override
    public Voice as(Role role) {
        return new User(role);
    }

    @Override
    public void close() {
        // Requests are made one by one.
    }

    private final class User implements Voice {
        private final Role role;

        private User(Role role) {
            this.role = role;
        }

        private RequestSpecification request() {
            return client.as(role);
        }

        private RequestSpecification with(ObjectNode body) {
            return request().contentType("application/json").body(body.toString());
        }

        @Override
        public Reply ask(Ask ask) throws IOException {
            return switch (ask) {
                case Ask.ListModules it ->
                    read(
                            request()
                                    .get(API + "modules?limit=500"
                                            + it.phase()
                                                    .map(phase -> "&state=" + phase)
                                                    .orElse("")),
                            200,
                            json -> new Reply.Modules(
                                    ContractDocuments.items(json.at("/items"), ContractDocuments::module)));
                case Ask.GetModule it ->
                    read(request().get(module(it.id())), 200, json -> new Reply.Module(ContractDocuments.module(json)));
                case Ask.ExplainModule it ->
                    read(
                            request().get(module(it.id()) + "/explain"),
                            200,
                            json -> new Reply.Explanation(ContractDocuments.explanation(json)));
                case Ask.Command it -> accepted(request().post(module(it.id()) + "/" + it.command()));
                case Ask.KeyedCommand it ->
                    accepted(request().header("Idempotency-Key", it.key()).post(module(it.id()) + "/" + it.command()));
                case Ask.Install it -> accepted(with(body(it)).post(API + "modules"));
                case Ask.Update it ->
                    accepted(with(object().put("desired_version", it.version()))
                            .header("If-Match", "*")
                            .patch(module(it.id())));
                case Ask.Remove it -> accepted(request().delete(module(it.id())));
                case Ask.ChangeAlias it -> {
                    RequestSpecification request = with(object().put("alias", it.alias()));
                    it.ifMatch().ifPresent(tag -> request.header("If-Match", tag.equals("*") ? tag : '"' + tag + '"'));
                    yield accepted(request.patch(module(it.id())));
                }
                case Ask.Upload it ->
                    accepted(request()
                            .contentType("application/gzip")
                            .body(it.file().toFile())
                            .post(API + "modules/upload"));
                case Ask.GetOperation it ->
                    read(
                            request().get(API + "operations/" + it.id()),
                            200,
                            json -> new Reply.Operation(ContractDocuments.operation(json)));
                case Ask.CancelOperation it -> accepted(request().post(API + "operations/" + it.id() + "/cancel"));
            };
        }

        private static String module(String id) {
            return API + "modules/" + id;
        }

        private static ObjectNode object() {
            return JsonNodeFactory.instance.objectNode();
        }

        private static ObjectNode body(Ask.Install ask) {
            ObjectNode body = object();
            ask.name().ifPresent(name -> body.put("name", name));
            ask.version().ifPresent(range -> body.put("version", range));
            ask.repository().ifPresent(id -> body.put("repository", id));
            ask.instanceId().ifPresent(uuid -> body.put("instance_id", uuid));
            return body;
        }

        private Reply accepted(Response response) throws IOException {
            return read(response, 202, json -> new Reply.Accepted(json.at("/id").asText()));
        }

        private Reply read(Response response, int success, Function<JsonNode, Reply> reading) throws IOException {
            JsonNode json = new ObjectMapper().readTree(response.asByteArray());
            if (response.statusCode() == success) {
                return reading.apply(json);
            }
            Told.Problem problem = ContractDocuments.problem(json);
            assertThat(problem.status()).as("%s", problem).isEqualTo(response.statusCode());
            assertThat(json.at("/instance").asText()).startsWith(API);
            return new Reply.Refused(problem);
        }

        @Override
        public List<Told.Operation> follow(Reply.Accepted begun) {
            List<Told.Operation> told = new ArrayList<>();
            await("end of " + begun).atMost(SampleRobot.PATIENCE).until(() -> {
                JsonNode json = new ObjectMapper()
                        .readTree(
                                request().get(API + "operations/" + begun.id()).asByteArray());
                told.add(ContractDocuments.operation(json));
                return json.at("/ended_at").isTextual();
            });
            return told;
        }

        @Override
        public void cancel(Reply.Accepted begun) throws IOException {
            assertThat(ask(new Ask.CancelOperation(begun.id()))).isEqualTo(begun);
        }
    }
}
