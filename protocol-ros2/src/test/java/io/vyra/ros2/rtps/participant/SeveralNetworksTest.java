package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Namespace;
import io.vyra.ros2.peer.Peer;
import io.vyra.ros2.peer.PeerSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A robot in several networks that do not know of each other: who is in one of them reaches none of the robot's addresses in the others. They find
 * each other by multicast alone.
 */
class SeveralNetworksTest {
    private final List<Peer> peers = new ArrayList<>();
    private final List<Namespace> others = new ArrayList<>();
    private Namespace robot;

    @BeforeEach
    void make() throws IOException {
        assumeTrue(Namespace.isPossible(), "Network namespaces are for root, with unshare of util-linux");
        robot = Namespace.make();
    }

    @AfterEach
    void stop() throws IOException {
        peers.forEach(Peer::close);
        for (Namespace each : others) {
            each.close();
        }
        if (robot != null) {
            robot.close();
        }
    }

    private Peer start(Implementation implementation, Namespace place) throws IOException {
        Peer peer = Peer.start(PeerSettings.of(implementation, 0).in(place));
        peers.add(peer);
        return peer;
    }

    @ParameterizedTest
    @CsvSource({"OWN, 2", "CYCLONE, 2", "CYCLONE, 3", "CYCLONE, 4", "CYCLONE_PYTHON, 3", "FAST_DDS, 2"})
    void shouldTalkInEachOfThem(Implementation implementation, int networks) throws Exception {
        for (int i = 0; i < networks; i++) {
            others.add(Namespace.make());
            robot.connect(others.get(i), i);
        }
        Peer own = start(Implementation.OWN, robot);
        List<Peer> far = new ArrayList<>();
        for (int i = 0; i < networks; i++) {
            Peer each = start(implementation, others.get(i));
            far.add(each);
            each.tell("reader", "r", "rt/to_" + i, "String", "reliable");
            each.tell("writer", "w", "rt/of_" + i, "String", "reliable");
            own.tell("reader", "r" + i, "rt/of_" + i, "String", "reliable");
            own.tell("writer", "w" + i, "rt/to_" + i, "String", "reliable");
        }

        for (int i = 0; i < networks; i++) {
            for (String endpoint : List.of("r", "w")) {
                far.get(i).tell("matched", endpoint, "1");
                own.tell("matched", endpoint + i, "1");
            }
            far.get(i).tell("write", "w", "to the robot");
            own.tell("write", "w" + i, "of the robot");
        }

        for (int i = 0; i < networks; i++) {
            assertThat(far.get(i).awaitEvents("sample", "r", 1)).containsExactly("of the robot");
            assertThat(own.awaitEvents("sample", "r" + i, 1)).containsExactly("to the robot");
        }
    }

    /** What is announced in a network tells of no other one; each must know of both all the same. */
    @Test
    void shouldGoOnByAnotherNetworkThatBothAreIn() throws Exception {
        Namespace other = Namespace.make();
        others.add(other);
        robot.connect(other, 0);
        robot.connect(other, 1);
        Peer own = start(Implementation.OWN, robot);
        Peer far = start(Implementation.OWN, other);
        far.tell("writer", "w", "rt/of_far", "String", "reliable,keep_all");
        own.tell("reader", "r", "rt/of_far", "String", "reliable,keep_all");
        own.tell("matched", "r", "1");
        far.tell("matched", "w", "1");
        far.tell("write", "w", "before");
        own.awaitEvents("sample", "r", 1);

        other.unaddress(0);
        far.tell("write", "w", "after");

        assertThat(own.awaitEvents("sample", "r", 2)).containsExactly("before", "after");
    }
}
