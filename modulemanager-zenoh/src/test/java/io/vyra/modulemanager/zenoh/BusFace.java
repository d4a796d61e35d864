package io.vyra.modulemanager.zenoh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.face.Ask;
import io.vyra.modulemanager.face.ContractDocuments;
import io.vyra.modulemanager.face.Face;
import io.vyra.modulemanager.face.Reply;
import io.vyra.modulemanager.face.Told;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The bus as the conformance suite drives it: a user of each role, connected with a name and a password. */
final class BusFace implements Face {
    /** What {@code vyra.zenoh.users} holds; everybody's password is his name. */
    static final String USERS = "vera:viewer:vera\nolaf:operator:olaf\ndora:developer:dora\nada:admin:ada\n";

    private static final Map<Role, String> NAMES =
            Map.of(Role.VIEWER, "vera", Role.OPERATOR, "olaf", Role.DEVELOPER, "dora", Role.ADMIN, "ada");

    private final Robot robot;
    private final Map<Role, BusClient> clients = new EnumMap<>(Role.class);

    BusFace(Robot robot) {
        this.robot = robot;
    }

    @Override
    public Map<Class<? extends Ask>, String> withheld() {
        return Map.of(
                Ask.Upload.class, "files do not travel in messages; a package comes from a repository or over REST");
    }

    @Override
    public List<Role> roles() {
        return List.of(Role.values());
    }

    @Override
    public String place(Ask ask, String field) {
        return ask instanceof Ask.Update ? "/version" : "/" + field;
    }

    @Override
    public Voice as(Role role) throws Exception {
        BusClient client = clients.get(role);
        if (client == null) {
            client = BusClient.as(NAMES.get(role), NAMES.get(role), robot.endpoint(), robot);
            clients.put(role, client);
        }
        return new User(client);
    }

    @Override
    public void close() {
        clients.values().forEach(BusClient::close);
    }

    private record User(BusClient client) implements Voice {

        @Override
        public Reply ask(Ask ask) {
            return switch (ask) {
                case Ask.ListModules it ->
                    read(
                            "modules",
                            with("state", it.phase()).put("limit", 500),
                            json -> new Reply.Modules(
                                    ContractDocuments.items(json.at("/items"), ContractDocuments::module)));
                case Ask.GetModule it ->
                    read(module(it.id()), object(), json -> new Reply.Module(ContractDocuments.module(json)));
                case Ask.ExplainModule it ->
                    read(
                            module(it.id()) + "/explain",
                            object(),
                            json -> new Reply.Explanation(ContractDocuments.explanation(json)));
                case Ask.Command it -> accepted(module(it.id()) + "/" + it.command(), object());
                case Ask.KeyedCommand it ->
                    accepted(module(it.id()) + "/" + it.command(), object().put("idempotency_key", it.key()));
                case Ask.Install it -> accepted("install", arguments(it));
                case Ask.Update it -> accepted(module(it.id()) + "/update", object().put("version", it.version()));
                case Ask.Remove it -> accepted(module(it.id()) + "/remove", object());
                case Ask.ChangeAlias it ->
                    accepted(
                            module(it.id()) + "/change",
                            with("etag", it.ifMatch()).put("alias", it.alias()));
                case Ask.Upload it ->
                    accepted("modules/upload", object().put("file", it.file().toString()));
                case Ask.GetOperation it ->
                    read(
                            "operations/" + it.id(),
                            object(),
                            json -> new Reply.Operation(ContractDocuments.operation(json)));
                case Ask.CancelOperation it -> accepted("operations/" + it.id() + "/cancel", object());
            };
        }

        private static String module(String id) {
            return "modules/" + id;
        }

        private static ObjectNode object() {
            return JsonNodeFactory.instance.objectNode();
        }

        private static ObjectNode with(String field, Optional<String> value) {
            ObjectNode arguments = object();
            value.ifPresent(text -> arguments.put(field, text));
            return arguments;
        }

        private static ObjectNode arguments(Ask.Install ask) {
            ObjectNode arguments = with("name", ask.name());
            ask.version().ifPresent(range -> arguments.put("version", range));
            ask.repository().ifPresent(id -> arguments.put("repository", id));
            ask.instanceId().ifPresent(uuid -> arguments.put("instance_id", uuid));
            return arguments;
        }

        private Reply accepted(String path, ObjectNode arguments) {
            return read(
                    path, arguments, json -> new Reply.Accepted(json.at("/id").asText()));
        }

        private Reply read(String path, ObjectNode arguments, Function<JsonNode, Reply> reading) {
            BusClient.Answer answer = client.ask(path, arguments.toString());
            if (!answer.isProblem()) {
                return reading.apply(answer.body());
            }
            assertThat(answer.body().at("/instance").asText()).endsWith("/api/" + path);
            return new Reply.Refused(ContractDocuments.problem(answer.body()));
        }

        @Override
        public List<Told.Operation> follow(Reply.Accepted begun) {
            List<Told.Operation> told = new ArrayList<>();
            await("end of " + begun).atMost(Robot.PATIENCE).until(() -> {
                JsonNode json = client.ask("operations/" + begun.id(), "{}").body();
                told.add(ContractDocuments.operation(json));
                return json.at("/ended_at").isTextual();
            });
            return told;
        }

        @Override
        public void cancel(Reply.Accepted begun) {
            assertThat(ask(new Ask.CancelOperation(begun.id()))).isEqualTo(begun);
        }
    }
}
