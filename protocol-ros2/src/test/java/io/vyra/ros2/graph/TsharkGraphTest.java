package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.PacketRecorder;
import io.vyra.ros2.peer.Tshark;
import io.vyra.ros2.rtps.participant.RecordedParticipant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wireshark understands every packet of two programs of ROS 2 that find, call and order each other about. */
class TsharkGraphTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TypeName ADD = TypeName.parse("example_interfaces/srv/AddTwoInts");
    private static final TypeName FIBONACCI = TypeName.parse("example_interfaces/action/Fibonacci");

    /**
     * Parameters of 24 bytes that say which request a sample belongs to: that of DDS-RPC (0x0083) and that of Fast DDS (0x800f). Which of both
     * Fast DDS looks at in samples of others depends on its release.
     */
    private static final String RELATED_AS_IN_RPC = "frame contains 83:00:18:00";

    private static final String RELATED_AS_IN_FAST_DDS = "frame contains 0f:80:18:00";
    private static final String USER = "/a_user_with_a_name";

    @TempDir
    private Path folder;

    private final PacketRecorder recorder = new PacketRecorder();

    @ParameterizedTest
    @EnumSource
    void shouldFindNothingWrongWithServicesActionsAndNodes(ServiceConvention convention) throws Exception {
        ContextSettings settings =
                ContextSettings.of(Domains.localhost(Domains.free()), "test").withConvention(convention);
        try (RosContext robot = open(settings);
                RosContext user = open(settings)) {
            talk(robot, user);
        }
        Path capture = recorder.write(folder.resolve("packets.pcap"));

        assertThat(Tshark.frames(capture, "rtps")).hasSize(recorder.count());
        assertThat(Tshark.frames(capture, Tshark.WRONG)).isEmpty();
        for (String topic : List.of(
                "ros_discovery_info",
                "rq/addRequest",
                "rr/addReply",
                "rq/fibonacci/_action/send_goalRequest",
                "rr/fibonacci/_action/get_resultReply",
                "rt/fibonacci/_action/feedback",
                "rt/fibonacci/_action/status")) {
            assertThat(Tshark.frames(capture, "rtps.param.topicName == \"" + topic + "\""))
                    .as(topic)
                    .isNotEmpty();
        }
        List<String> related = Tshark.frames(capture, RELATED_AS_IN_RPC);
        assertThat(related.isEmpty()).isEqualTo(convention == ServiceConvention.CYCLONE_DDS);
        assertThat(Tshark.frames(capture, RELATED_AS_IN_FAST_DDS)).isEqualTo(related);
        assertThat(Tshark.frames(capture, "rtps.sm.id == 0x15 && frame contains \"" + USER.substring(1) + "\""))
                .as("what is told of nodes")
                .isNotEmpty();
    }

    private RosContext open(ContextSettings settings) throws IOException {
        return RosContext.of(settings, RecordedParticipant.open(settings.participant(), recorder));
    }

    private static void talk(RosContext robot, RosContext user) throws Exception {
        RosNode server = robot.createNode("/", "robot");
        RosNode asker = user.createNode("/", USER.substring(1));
        server.createService("add", ADD, it -> Map.of("sum", (Long) it.get("a") + (Long) it.get("b")));
        new ActionServer(server, "fibonacci", FIBONACCI, new ActionServer.Handler() {
            @Override
            public boolean accept(Map<String, Object> goal) {
                return true;
            }

            @Override
            public GoalOutcome execute(ActionServer.Goal goal) {
                goal.publishFeedback(Map.of("sequence", List.of(0L, 1L)));
                return GoalOutcome.succeeded(Map.of("sequence", List.of(0L, 1L, 1L)));
            }
        });
        ActionClient client = new ActionClient(asker, "fibonacci", FIBONACCI);
        try (ServiceClient add = asker.createClient("add", ADD)) {
            assertThat(add.call(Map.of("a", 1L, "b", 2L), PATIENCE)).isEqualTo(Map.of("sum", 3L));
        }
        await().atMost(PATIENCE).until(() -> client.servers() == 1);

        ActionClient.Goal goal =
                client.send(Map.of("order", 2), step -> {}, PATIENCE).orElseThrow();

        assertThat(goal.await(PATIENCE).status()).isEqualTo(GoalStatus.SUCCEEDED);
        await().atMost(PATIENCE)
                .until(() -> robot.graph().nodes().stream()
                        .anyMatch(node -> node.fullName().equals(USER)));
    }
}
