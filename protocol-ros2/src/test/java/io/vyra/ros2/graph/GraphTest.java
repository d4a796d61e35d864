package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.rtps.participant.Known;
import io.vyra.ros2.rtps.qos.Qos;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is left of what a graph was told once it is told what is known instead. */
class GraphTest {
    private static final GuidPrefix OWN = new GuidPrefix(1, 1);
    private static final GuidPrefix ARM = new GuidPrefix(2, 2);
    private static final GuidPrefix LEG = new GuidPrefix(3, 3);

    private final Graph graph = new Graph();

    private static ParticipantDescription participant(GuidPrefix prefix) {
        return new ParticipantDescription(
                prefix, Vendor.FAST_DDS, 0x0205, 0, List.of(), List.of(), Duration.ofSeconds(20), "", "");
    }

    private static EndpointDescription writer(GuidPrefix prefix) {
        return new EndpointDescription(
                new Guid(prefix, EntityId.writer(1)),
                "rt/state",
                "std_msgs::msg::dds_::String_",
                Qos.DEFAULT,
                List.of(),
                "");
    }

    private static Known known(GuidPrefix... others) {
        return new Known(
                Stream.of(others).map(GraphTest::participant).toList(),
                Stream.concat(Stream.of(OWN), Stream.of(others))
                        .map(GraphTest::writer)
                        .toList(),
                List.of());
    }

    private void tellNode(GuidPrefix prefix, String name) {
        graph.nodesFound(
                prefix,
                new DiscoveryInfo(
                        new Guid(prefix, EntityId.PARTICIPANT),
                        List.of(new DiscoveryInfo.Node(
                                "/", name, List.of(), List.of(writer(prefix).guid())))));
    }

    private List<String> nodes() {
        return graph.snapshot().nodes().stream()
                .map(GraphSnapshot.Node::fullName)
                .toList();
    }

    private List<String> owners() {
        return graph.snapshot().topics().getOrDefault("/state", List.of()).stream()
                .map(end -> end.node().orElse("nobody"))
                .toList();
    }

    @Test
    void shouldForgetWhatIsNotKnownAnyMore() {
        graph.known(known(ARM, LEG));
        tellNode(OWN, "manager");
        tellNode(ARM, "arm");
        tellNode(LEG, "leg");
        assertThat(owners()).containsExactly("/manager", "/arm", "/leg");

        graph.known(known(LEG));

        assertThat(nodes()).containsExactly("/manager", "/leg");
        assertThat(owners()).containsExactly("/manager", "/leg");
        assertThat(graph.vendor(ARM)).isEmpty();
        assertThat(graph.vendor(LEG)).contains(Vendor.FAST_DDS);
    }

    @Test
    void shouldKeepNodesThatAreToldOfBeforeTheirParticipant() {
        tellNode(ARM, "arm");

        graph.known(known());
        graph.participantFound(participant(ARM));
        graph.known(known(ARM));

        assertThat(nodes()).containsExactly("/arm");
    }

    @Test
    void shouldForgetEarlyNodesWhoseParticipantWasNeverFound() {
        tellNode(ARM, "arm");

        graph.known(known());
        tellNode(LEG, "leg");
        graph.known(known());

        assertThat(nodes()).containsExactly("/leg");
    }

    @Test
    void shouldNotBelieveWhoClaimsTheEndpointsOfAnother() {
        graph.known(known(ARM, LEG));
        graph.nodesFound(
                LEG,
                new DiscoveryInfo(
                        new Guid(LEG, EntityId.PARTICIPANT),
                        List.of(new DiscoveryInfo.Node(
                                "/", "thief", List.of(), List.of(writer(ARM).guid())))));

        assertThat(owners()).containsExactly("nobody", "nobody", "nobody");
    }
}
