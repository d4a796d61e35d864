package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Namespace;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.peer.Peer;
import io.vyra.ros2.peer.PeerSettings;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A network whose loopback has multicast: everybody finds everybody as on a robot, and the kernel loses packets. */
@ParameterizedClass
@EnumSource(names = {"CYCLONE", "FAST_DDS", "FAST_DDS_BUILTIN"})
class NamespaceTest {
    @Parameter
    private Implementation implementation;

    private Namespace namespace;
    private Peer own;
    private Peer peer;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Namespace.isPossible(), "Network namespaces are for root, with unshare of util-linux");
        namespace = Namespace.make();
        own = Peer.start(PeerSettings.of(Implementation.OWN, 0).in(namespace));
        peer = Peer.start(PeerSettings.of(implementation, 0).in(namespace));
    }

    @AfterEach
    void stop() throws IOException {
        if (namespace != null) {
            for (Peer each : new Peer[] {own, peer}) {
                if (each != null) {
                    each.close();
                }
            }
            namespace.close();
        }
    }

    @Test
    void shouldFindOthersByMulticastAndLoseNothing() throws IOException, InterruptedException {
        for (Peer each : new Peer[] {own, peer}) {
            String other = each == own ? "to_own" : "to_peer";
            each.tell("reader", "r", "rt/" + other, "Blob", "reliable,keep_all");
        }
        own.tell("writer", "w", "rt/to_peer", "Blob", "reliable,keep_all");
        peer.tell("writer", "w", "rt/to_own", "Blob", "reliable,keep_all");
        own.tell("matched", "w", "1");
        peer.tell("matched", "w", "1");
        namespace.lose(0.05);

        own.tell("counting", "w", "300000", "20");
        peer.tell("counting", "w", "300000", "20");

        assertThat(own.awaitEvents("sample", "r", 20)).hasSize(20).containsOnly(Payloads.described(300_000));
        assertThat(peer.awaitEvents("sample", "r", 20)).hasSize(20).containsOnly(Payloads.described(300_000));
        assertThat(namespace.lost()).isPositive();
    }

    @Test
    void shouldCallAndServeByMulticast() {
        own.tell("serve", "s", "of_own");
        peer.tell("serve", "s", "of_peer");

        IntStream.range(0, 3).forEach(client -> {
            own.tell("calls", "own" + client, "of_peer", "20");
            peer.tell("calls", "peer" + client, "of_own", "20");
        });

        assertThat(IntStream.range(0, 3)).allSatisfy(client -> {
            assertThat(own.events("called", "own" + client)).containsExactly("20");
            assertThat(peer.events("called", "peer" + client)).containsExactly("20");
        });
    }
}
