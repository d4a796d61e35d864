package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParameterServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private RosContext context;
    private RosNode node;
    private ParameterServer parameters;

    @BeforeEach
    void start() throws IOException {
        context = RosContext.open(ContextSettings.of(Domains.localhost(Domains.free()), "test"));
        node = context.createNode("/arm", "driver");
        parameters = new ParameterServer(
                node,
                changes -> changes.containsValue("forbidden") ? Optional.of("it is forbidden") : Optional.empty());
        parameters.declare(
                "speed.max",
                2.5,
                new ParameterDescriptor("in m/s", false, Optional.of(new ParameterDescriptor.Range(0, 10))));
        parameters.declare("name", "left", ParameterDescriptor.NONE);
        parameters.declare("serial", 7L, new ParameterDescriptor("", true, Optional.empty()));
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void shouldTellValuesTypesAndDescriptions() throws Exception {
        Map<String, Object> values =
                call("get_parameters", "GetParameters", Map.of("names", List.of("speed.max", "none")));
        Map<String, Object> types =
                call("get_parameter_types", "GetParameterTypes", Map.of("names", List.of("serial", "none")));
        Map<String, Object> descriptors =
                call("describe_parameters", "DescribeParameters", Map.of("names", List.of("speed.max")));

        assertThat(entries(values, "values").get(0)).containsEntry("type", 3L).containsEntry("double_value", 2.5);
        assertThat(entries(values, "values").get(1)).containsEntry("type", 0L);
        assertThat((byte[]) types.get("types")).containsExactly(2, 0);
        assertThat(entries(descriptors, "descriptors").getFirst())
                .containsEntry("description", "in m/s")
                .containsEntry(
                        "floating_point_range", List.of(Map.of("from_value", 0.0, "to_value", 10.0, "step", 0.0)));
    }

    @Test
    void shouldListByPrefixAndDepth() throws Exception {
        assertThat(list(List.of(), 0)).containsExactly("name", "serial", "speed.max");
        assertThat(list(List.of(), 1)).containsExactly("name", "serial");
        assertThat(list(List.of("speed"), 1)).containsExactly("speed.max");
    }

    @Test
    void shouldSetWhatMayBeSet() throws Exception {
        List<Object> events = new CopyOnWriteArrayList<>();
        Subscription subscription = node.createSubscription(
                "/parameter_events",
                TypeName.parse("rcl_interfaces/msg/ParameterEvent"),
                Qos.DEFAULT,
                message -> events.add(message.value().get("changed_parameters")));
        await().atMost(PATIENCE).until(() -> subscription.publishers() == 1);

        assertThat(set("speed.max", 3, "double_value", 9.5)).containsEntry("successful", true);

        assertThat(parameters.get("speed.max")).contains(9.5);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events)
                        .anySatisfy(event -> assertThat(event.toString()).contains("speed.max")));
    }

    @Test
    void shouldRefuseWhatMayNotBeSet() throws Exception {
        assertThat(set("speed.max", 3, "double_value", 10.5).get("reason"))
                .isEqualTo("The parameter speed.max is 0.0 to 10.0, not 10.5");
        assertThat(set("speed.max", 2, "integer_value", 1L).get("reason"))
                .isEqualTo("The parameter speed.max is of type DOUBLE");
        assertThat(set("serial", 2, "integer_value", 1L).get("reason")).isEqualTo("The parameter serial is read-only");
        assertThat(set("other", 2, "integer_value", 1L).get("reason")).isEqualTo("There is no parameter other");
        assertThat(set("name", 4, "string_value", "forbidden").get("reason")).isEqualTo("it is forbidden");
        assertThat(parameters.get("name")).contains("left");
    }

    @Test
    void shouldSetAllOrNone() throws Exception {
        Map<String, Object> result = call(
                "set_parameters_atomically",
                "SetParametersAtomically",
                Map.of(
                        "parameters",
                        List.of(
                                Map.of("name", "name", "value", Map.of("type", 4, "string_value", "right")),
                                Map.of("name", "serial", "value", Map.of("type", 2, "integer_value", 8L)))));

        assertThat(((Map<?, ?>) result.get("result")).get("successful")).isEqualTo(false);
        assertThat(parameters.get("name")).contains("left");
    }

    private Map<String, Object> set(String name, int type, String member, Object value) throws Exception {
        Map<String, Object> response = call(
                "set_parameters",
                "SetParameters",
                Map.of("parameters", List.of(Map.of("name", name, "value", Map.of("type", type, member, value)))));
        return entries(response, "results").getFirst();
    }

    @SuppressWarnings("unchecked")
    private List<Object> list(List<String> prefixes, int depth) throws Exception {
        Map<String, Object> response =
                call("list_parameters", "ListParameters", Map.of("prefixes", prefixes, "depth", depth));
        return (List<Object>) ((Map<?, ?>) response.get("result")).get("names");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> entries(Map<String, Object> response, String member) {
        return (List<Map<String, Object>>) response.get(member);
    }

    private Map<String, Object> call(String service, String type, Map<String, Object> request) throws Exception {
        try (ServiceClient client =
                node.createClient("/arm/driver/" + service, TypeName.parse("rcl_interfaces/srv/" + type))) {
            return client.call(request, PATIENCE);
        }
    }
}
