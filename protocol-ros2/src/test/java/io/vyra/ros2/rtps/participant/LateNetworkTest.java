package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Namespace;
import io.vyra.ros2.peer.Peer;
import io.vyra.ros2.peer.PeerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two hosts whose network comes up, changes and goes while programs on them are running. They find each other by multicast alone. */
class LateNetworkTest {
    /** So long that nobody is taken for gone before it is noticed that the network has changed. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final List<Peer> peers = new ArrayList<>();
    private Namespace here;
    private Namespace there;

    @BeforeEach
    void make() throws IOException {
        assumeTrue(Namespace.isPossible(), "Network namespaces are for root, with unshare of util-linux");
        here = Namespace.make();
        there = Namespace.make();
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

    private Peer start(Implementation implementation, Namespace place) throws IOException {
        Peer peer =
                Peer.start(PeerSettings.of(implementation, 0).withLease(LEASE).in(place));
        peers.add(peer);
        peer.tell("reader", "r", "rt/to_" + (place == here ? "here" : "there"), "String", "reliable,keep_all");
        peer.tell("writer", "w", "rt/to_" + (place == here ? "there" : "here"), "String", "reliable,keep_all");
        return peer;
    }

    private static void awaitMatched(Peer one, Peer other) {
        for (Peer each : List.of(one, other)) {
            each.tell("matched", "w", "1");
            each.tell("matched", "r", "1");
        }
    }

    private static void shouldHear(Peer one, Peer other, String... all) {
        for (Peer each : List.of(one, other)) {
            each.tell("write", "w", all[all.length - 1]);
        }
        for (Peer each : List.of(one, other)) {
            assertThat(each.awaitEvents("sample", "r", all.length)).containsExactly(all);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OWN", "CYCLONE", "FAST_DDS"})
    void shouldUseANetworkThatComesUpLater(Implementation implementation) throws Exception {
        Peer own = start(Implementation.OWN, here);
        here.connect(there, true);
        Peer other = start(implementation, there);

        awaitMatched(own, other);

        shouldHear(own, other, "hello");
    }

    @Test
    void shouldFindEachOtherWhenBothWereThereBefore() throws Exception {
        Peer own = start(Implementation.OWN, here);
        Peer other = start(Implementation.OWN, there);
        here.connect(there, true);

        awaitMatched(own, other);

        shouldHear(own, other, "hello");
    }

    /** They stay matched: a volatile reader that was matched anew would not get what was written meanwhile. */
    @Test
    void shouldLoseNothingWhenAnAddressChanges() throws Exception {
        Peer own = start(Implementation.OWN, here);
        Peer other = start(Implementation.OWN, there);
        here.connect(there, true);
        awaitMatched(own, other);
        shouldHear(own, other, "before");

        here.readdress("10.99.0.77/24");

        shouldHear(own, other, "before", "meanwhile");
        shouldHear(own, other, "before", "meanwhile", "after");
    }

    /** The same: the cable is another one then, and the interface has another number. */
    @Test
    void shouldLoseNothingWhenTheNetworkIsGoneForAWhile() throws Exception {
        Peer own = start(Implementation.OWN, here);
        Peer other = start(Implementation.OWN, there);
        here.connect(there, true);
        awaitMatched(own, other);
        shouldHear(own, other, "before");

        here.disconnect();
        for (Peer each : List.of(own, other)) {
            each.tell("write", "w", "meanwhile");
        }
        here.connect(there, true);

        shouldHear(own, other, "before", "meanwhile", "after");
    }

    @Test
    void shouldTalkOnThisMachineWhileThereIsNoNetwork() throws Exception {
        Peer own = start(Implementation.OWN, here);
        here.connect(there, true);
        Peer far = start(Implementation.OWN, there);
        awaitMatched(own, far);
        far.close();
        peers.remove(far);
        own.tell("alone", "w");

        here.disconnect();
        Peer near = Peer.start(
                PeerSettings.of(Implementation.OWN, 0).withLease(LEASE).in(here));
        peers.add(near);
        near.tell("reader", "r", "rt/to_there", "String", "reliable,keep_all");
        near.tell("writer", "w", "rt/to_here", "String", "reliable,keep_all");
        awaitMatched(own, near);

        shouldHear(own, near, "hello");
    }
}
