package io.vyra.modulemanager.ros2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.Explanation.Blocker;
import io.vyra.modulemanager.face.Ask;
import io.vyra.modulemanager.face.Face.Voice;
import io.vyra.modulemanager.face.Reply;
import io.vyra.modulemanager.face.Told;
import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.ros2.connection.InterfacePackage;
import io.vyra.ros2.cdr.InvalidValueException;
import io.vyra.ros2.graph.ActionClient;
import io.vyra.ros2.graph.GoalOutcome;
import io.vyra.ros2.graph.GoalStatus;
import io.vyra.ros2.graph.GraphSnapshot;
import io.vyra.ros2.graph.ServiceClient;
import io.vyra.ros2.idl.TypeName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Somebody in the graph who uses all services and actions of the manager. */
final class GraphUser implements Voice, AutoCloseable {
    /** All that the manager serves besides its parameters. */
    private static final Set<String> SERVED = Set.of(
            "list_modules",
            "get_module",
            "explain_module",
            "set_module_state",
            "install_module",
            "update_module",
            "remove_module",
            "register_module",
            "get_registered_modules");

    private final Asker asker;
    private final Map<String, ServiceClient> services = new HashMap<>();
    private final Map<String, ActionClient> actions = new HashMap<>();
    private final Map<String, Goal> goals = new HashMap<>();

    private record Goal(
            ActionClient.Goal handle, List<Map<String, Object>> feedback, CompletableFuture<GoalOutcome> outcome) {}

    GraphUser(Asker asker) {
        this.asker = asker;
    }

    // ---- asking ----

    @Override
    public Reply ask(Ask ask) throws Exception {
        return switch (ask) {
            case Ask.ListModules it ->
                call(
                        "list_modules",
                        "ListModules",
                        Map.of("phase", it.phase().orElse("")),
                        answer -> new Reply.Modules(all(answer, "modules", GraphUser::module)));
            case Ask.GetModule it ->
                call(
                        "get_module",
                        "GetModule",
                        Map.of("id", it.id()),
                        answer -> new Reply.Module(module(part(answer, "module"))));
            case Ask.ExplainModule it ->
                call(
                        "explain_module",
                        "ExplainModule",
                        Map.of("id", it.id()),
                        answer -> new Reply.Explanation(explanation(answer)));
            case Ask.Command it ->
                call(
                        "set_module_state",
                        "SetModuleState",
                        Map.of("id", it.id(), "command", it.command()),
                        answer -> new Reply.Accepted(text(answer, "operation_id")));
            case Ask.KeyedCommand it -> keyed(it);
            case Ask.Install it -> reach("install_module", "InstallModule", goal(it));
            case Ask.Update it ->
                reach("update_module", "UpdateModule", Map.of("id", it.id(), "version", it.version()));
            case Ask.Remove it -> reach("remove_module", "RemoveModule", Map.of("id", it.id()));
            case Ask.ChangeAlias _, Ask.Upload _, Ask.GetOperation _, Ask.CancelOperation _ -> notServed();
        };
    }

    private static Map<String, Object> goal(Ask.Install ask) {
        return Map.of(
                "name", ask.name().orElse(""),
                "version", ask.version().orElse(""),
                "repository", ask.repository().orElse(""),
                "instance_id", ask.instanceId().orElse(""));
    }

    private Reply call(String service, String type, Map<String, Object> request, Function<Map<?, ?>, Reply> reading)
            throws Exception {
        TypeName name = InterfacePackage.type(TypeName.Kind.SRV, type);
        ServiceClient client =
                services.computeIfAbsent(service, _ -> asker.node.createClient(asker.name(service), name));
        Map<String, Object> answer = client.call(request, Robot.PATIENCE);
        boolean isSuccess = (Boolean) answer.get("success");
        Told.Problem problem = problem(part(answer, "problem"));
        assertThat(problem.code().isEmpty())
                .as("either an answer or a problem: %s", answer)
                .isEqualTo(isSuccess);
        return isSuccess ? reading.apply(answer) : new Reply.Refused(problem);
    }

    private Reply keyed(Ask.KeyedCommand ask) throws Exception {
        Map<String, Object> request = Map.of("id", ask.id(), "command", ask.command(), "idempotency_key", ask.key());
        try {
            return call(
                    "set_module_state",
                    "SetModuleState",
                    request,
                    answer -> new Reply.Accepted(text(answer, "operation_id")));
        } catch (InvalidValueException e) {
            return new Reply.NotOffered(e.getMessage());
        }
    }

    private Reply reach(String action, String type, Map<String, Object> request) throws Exception {
        ActionClient client = actions.computeIfAbsent(action, _ -> asker.client(action, type));
        await("the server of " + action).atMost(Robot.PATIENCE).until(() -> client.servers() == 1);
        List<Map<String, Object>> feedback = new CopyOnWriteArrayList<>();
        ActionClient.Goal handle =
                client.send(request, feedback::add, Robot.PATIENCE).orElseThrow();
        CompletableFuture<GoalOutcome> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(handle.await(Robot.PATIENCE));
            } catch (Exception e) { // The thread's edge: whoever waits shall see it.
                outcome.completeExceptionally(e);
            }
        });
        await("the beginning of " + action).atMost(Robot.PATIENCE).until(() -> !feedback.isEmpty() || outcome.isDone());
        String operation = feedback.isEmpty()
                ? text(outcome.join().result(), "operation_id")
                : text(feedback.getFirst(), "operation_id");
        if (operation.isEmpty()) {
            assertThat(outcome.join().status()).isEqualTo(GoalStatus.ABORTED);
            return new Reply.Refused(problem(part(outcome.join().result(), "problem")));
        }
        goals.put(operation, new Goal(handle, feedback, outcome));
        return new Reply.Accepted(operation);
    }

    /** What the graph knows of the manager is all that it can be asked. */
    private Reply notServed() {
        await().atMost(Robot.PATIENCE).untilAsserted(() -> assertThat(served()).isEqualTo(SERVED));
        return new Reply.NotOffered("the manager serves " + SERVED);
    }

    private Set<String> served() {
        String namespace = asker.name("");
        return asker.node.context().graph().services().entrySet().stream()
                .filter(service -> service.getKey().startsWith(namespace))
                .filter(service -> service.getValue().stream().anyMatch(GraphSnapshot.Endpoint::isProviding))
                .map(service -> service.getKey().substring(namespace.length()))
                .filter(name -> !name.startsWith("modulemanager/"))
                .map(name -> name.replaceFirst("/_action/.*", ""))
                .collect(Collectors.toSet());
    }

    @Override
    public List<Told.Operation> follow(Reply.Accepted begun) throws Exception {
        Goal goal = goals.get(begun.id());
        if (goal == null) {
            return List.of();
        }
        GoalOutcome outcome = goal.outcome().get(Robot.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Map<String, Object> result = outcome.result();
        assertThat(outcome.status())
                .isEqualTo(
                        switch (text(result, "status")) {
                            case "succeeded" -> GoalStatus.SUCCEEDED;
                            case "cancelled" -> GoalStatus.CANCELED;
                            default -> GoalStatus.ABORTED;
                        });
        // It comes by another way than the result, and may come after it.
        await("the last feedback")
                .atMost(Robot.PATIENCE)
                .until(() -> !goal.feedback().isEmpty()
                        && text(goal.feedback().getLast(), "status").equals(text(result, "status")));
        List<Told.Operation> told = new CopyOnWriteArrayList<>(goal.feedback().stream()
                .map(feedback -> operation(feedback, Optional.empty()))
                .toList());
        Optional<Told.Problem> problem = Optional.of(problem(part(result, "problem")))
                .filter(it -> !it.code().isEmpty());
        told.set(told.size() - 1, operation(goal.feedback().getLast(), problem));
        return told;
    }

    @Override
    public void cancel(Reply.Accepted begun) throws Exception {
        assertThat(goals.get(begun.id()).handle().cancel(Robot.PATIENCE)).isTrue();
    }

    @Override
    public void close() {
        services.values().forEach(ServiceClient::close);
        actions.values().forEach(ActionClient::close);
    }

    // ---- reading messages ----

    private static String text(Map<?, ?> message, String field) {
        return (String) message.get(field);
    }

    private static int number(Map<?, ?> message, String field) {
        return ((Number) message.get(field)).intValue();
    }

    private static boolean flag(Map<?, ?> message, String field) {
        return (Boolean) message.get(field);
    }

    private static Map<?, ?> part(Map<?, ?> message, String field) {
        return (Map<?, ?>) message.get(field);
    }

    private static <T> List<T> all(Map<?, ?> message, String field, Function<Map<?, ?>, T> reading) {
        return ((List<?>) message.get(field))
                .stream().map(item -> reading.apply((Map<?, ?>) item)).toList();
    }

    private static Told.Module module(Map<?, ?> message) {
        return new Told.Module(
                text(message, "id"),
                text(message, "name"),
                text(message, "instance_id"),
                text(message, "alias"),
                text(message, "display_name"),
                text(message, "version"),
                text(message, "desired_state"),
                text(message, "desired_version"),
                text(message, "phase"),
                text(message, "health"),
                text(message, "reason"),
                flag(message, "primary"),
                flag(message, "pinned"),
                text(message, "update_version"),
                text(message, "operation_id"));
    }

    private static Told.Explanation explanation(Map<?, ?> message) {
        return new Told.Explanation(
                text(message, "module_id"),
                text(message, "phase"),
                text(message, "summary"),
                all(
                        message,
                        "blocked_by",
                        it -> new Blocker(text(it, "module_id"), text(it, "phase"), text(it, "reason"))),
                all(
                        message,
                        "last_transitions",
                        it -> new Told.Transition(text(it, "from_phase"), text(it, "to_phase"), text(it, "cause"))),
                flag(message, "will_retry"),
                number(message, "restarts_left"),
                ((List<?>) message.get("unblock"))
                        .stream().map(String.class::cast).toList());
    }

    private static Told.Operation operation(Map<?, ?> feedback, Optional<Told.Problem> problem) {
        return new Told.Operation(
                text(feedback, "operation_id"),
                text(feedback, "module_id"),
                text(feedback, "status"),
                number(feedback, "percent"),
                all(
                        feedback,
                        "steps",
                        it -> new Told.Step(
                                text(it, "id"),
                                text(it, "title"),
                                text(it, "status"),
                                number(it, "percent"),
                                text(it, "detail"))),
                problem);
    }

    /** Problem.msg says where the type is explained: it has no field for what follows from the code. */
    private static Told.Problem problem(Map<?, ?> message) {
        return new Told.Problem(
                "/problems/" + text(message, "code"),
                text(message, "code"),
                text(message, "title"),
                number(message, "status"),
                text(message, "detail"),
                all(message, "errors", it -> new FieldError(text(it, "pointer"), text(it, "detail"))));
    }
}
