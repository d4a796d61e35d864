package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Namespace;
import io.vyra.ros2.peer.Peer;
import io.vyra.ros2.peer.PeerSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two hosts with a cable between them that multicast does not go over. */
class StaticPeersTest {
    private static final String HERE = "10.99.0.1";
    private static final String THERE = "10.99.0.2";

    private final List<Peer> peers = new ArrayList<>();
    private Namespace here;
    private Namespace there;

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        assumeTrue(Namespace.isPossible(), "Network namespaces are for root, with unshare of util-linux");
        here = Namespace.make();
        there = Namespace.make();
        here.connect(there);
    }

    @AfterEach
    void stop() throws IOException {
        peers.forEach(Peer::close);
        for (Namespace each : new Namespace[] {here, there}) {
            if (each != null) {
                each.close();
            }
        }
    }

    /** @param host none when empty */
    private Peer start(Implementation implementation, Namespace place, String range, String host) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of("ROS_AUTOMATIC_DISCOVERY_RANGE", range));
        if (!host.isEmpty()) {
            variables.put("ROS_STATIC_PEERS", host);
        }
        Peer peer =
                Peer.start(PeerSettings.of(implementation, 0).with(variables).in(place));
        peers.add(peer);
        return peer;
    }

    private static void shouldTalk(Peer one, Peer other, String topic) {
        for (Peer each : List.of(one, other)) {
            each.tell(
                    "reader",
                    "r " + topic,
                    "rt/" + topic + (each == one ? "/to_one" : "/to_other"),
                    "String",
                    "reliable");
        }
        for (Peer each : List.of(one, other)) {
            each.tell(
                    "writer",
                    "w " + topic,
                    "rt/" + topic + (each == one ? "/to_other" : "/to_one"),
                    "String",
                    "reliable");
        }
        for (Peer each : List.of(one, other)) {
            each.tell("matched", "w " + topic, "1");
            each.tell("matched", "r " + topic, "1");
        }
        for (Peer each : List.of(one, other)) {
            each.tell("write", "w " + topic, "hello");
        }
        for (Peer each : List.of(one, other)) {
            assertThat(each.awaitEvents("sample", "r " + topic, 1)).containsExactly("hello");
        }
    }

    /** Whoever is named need not name the other, but one of both must. */
    @ParameterizedTest
    @CsvSource({
        "OWN, LOCALHOST, 10.99.0.2, LOCALHOST, 10.99.0.1",
        "OWN, LOCALHOST, 10.99.0.2, SUBNET, ''",
        "OWN, SUBNET, '', LOCALHOST, 10.99.0.1",
        "OWN, SUBNET, 10.99.0.2, SUBNET, ''",
        "CYCLONE, LOCALHOST, 10.99.0.2, LOCALHOST, 10.99.0.1",
        "CYCLONE, LOCALHOST, 10.99.0.2, SUBNET, ''",
        "CYCLONE, SUBNET, '', LOCALHOST, 10.99.0.1",
        "CYCLONE, SUBNET, 10.99.0.2, SUBNET, ''"
    })
    void shouldTalkToAPeerOnAnotherHost(
            Implementation implementation, String range, String peer, String otherRange, String otherPeer)
            throws IOException {
        Peer own = start(Implementation.OWN, here, range, peer);
        Peer other = start(implementation, there, otherRange, otherPeer);

        shouldTalk(own, other, "far");
    }

    @ParameterizedTest
    @EnumSource(names = {"OWN", "CYCLONE"})
    void shouldTalkOnThisMachineAsWellAsToAPeer(Implementation implementation) throws IOException {
        Peer own = start(Implementation.OWN, here, "LOCALHOST", THERE);
        Peer near = start(implementation, here, "LOCALHOST", "");
        Peer far = start(implementation, there, "LOCALHOST", HERE);

        shouldTalk(own, near, "near");
        shouldTalk(own, far, "far");
    }

    @Test
    void shouldFindNobodyWhenSwitchedOff() throws IOException {
        Peer off = start(Implementation.OWN, there, "OFF", HERE);
        off.tell("reader", "r", "rt/far", "String", "reliable");
        Peer own = start(Implementation.OWN, here, "SUBNET", THERE);
        own.tell("writer", "w", "rt/far", "String", "reliable");

        // Found by the very announcement that goes to the one that is switched off.
        Peer control = start(Implementation.OWN, there, "SUBNET", "");
        control.tell("reader", "r", "rt/far", "String", "reliable");
        own.tell("matched", "w", "1");
        control.tell("matched", "r", "1");

        off.tell("alone", "r");
        own.tell("write", "w", "hello");
        assertThat(control.awaitEvents("sample", "r", 1)).containsExactly("hello");
        off.tell("alone", "r");
        assertThat(off.events("sample", "r")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"OWN", "CYCLONE"})
    void shouldStayOnThisMachineWithoutPeers(Implementation implementation) throws IOException {
        Peer own = start(Implementation.OWN, here, "LOCALHOST", "");
        own.tell("writer", "w", "rt/far", "String", "reliable");
        Peer other = start(implementation, there, "SUBNET", HERE);
        other.tell("reader", "r", "rt/far", "String", "reliable");

        // Found by the very announcement that goes to the other one on its machine.
        Peer control = start(Implementation.OWN, here, "SUBNET", THERE);
        control.tell("writer", "w", "rt/far", "String", "reliable");
        control.tell("matched", "w", "1");
        other.tell("matched", "r", "1");

        own.tell("alone", "w");
        control.close();
        other.tell("alone", "r");
    }
}
