package io.vyra.ros2.peer;

import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.rtps.transport.DiscoverySettings;
import io.vyra.ros2.rtps.transport.StaticPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose DDS a peer is made with; src/test/dds/README.md says what each can be told. */
public enum Implementation {
    /** Of the Python package index. */
    CYCLONE_PYTHON(Vendor.CYCLONE_DDS),

    /** Of Debian, in C. */
    CYCLONE(Vendor.CYCLONE_DDS),

    /** Of Debian, in C++. */
    FAST_DDS(Vendor.FAST_DDS),

    /** The same with the transports that it has by default: shared memory beside UDP. It finds others by multicast. */
    FAST_DDS_BUILTIN(Vendor.FAST_DDS),

    /** This library in a process of its own, which can be killed or be in a namespace. */
    OWN(Vendor.UNKNOWN);

    private static final Path BUILT = Path.of("target/dds").toAbsolutePath();
    private static final String INSTALL = "protocol-ros2/src/test/dds/install.sh";

    /** Unicast on loopback only: no test talks to anything else. */
    private static final String UNICAST = "<General><Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces>"
            + "<AllowMulticast>false</AllowMulticast></General>";

    private static final String PEERS = "<ParticipantIndex>auto</ParticipantIndex>"
            + "<MaxAutoParticipantIndex>31</MaxAutoParticipantIndex><Peers><Peer address=\"127.0.0.1\"/></Peers>";

    private final Vendor vendor;

    Implementation(Vendor vendor) {
        this.vendor = vendor;
    }

    public Vendor vendor() {
        return vendor;
    }

    List<String> command(PeerSettings settings) {
        String domain = String.valueOf(settings.domain());
        return switch (this) {
            case CYCLONE_PYTHON -> List.of(Python.interpreter(), Python.script("peer.py"), domain);
            case CYCLONE -> List.of(built("cyclone-peer"), domain);
            case FAST_DDS -> List.of(built("fastdds-peer"), domain, way(settings), lease(settings));
            case FAST_DDS_BUILTIN -> List.of(built("fastdds-peer"), domain, "builtin", lease(settings));
            case OWN -> own(List.of(domain, way(settings), lease(settings)));
        };
    }

    private static List<String> own(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                OwnPeer.class.getName()));
        command.addAll(arguments);
        return command;
    }

    private static String way(PeerSettings settings) {
        if (!settings.variables().isEmpty()) {
            return "variables";
        }
        return settings.isUnicast() ? "unicast" : "multicast";
    }

    private static String lease(PeerSettings settings) {
        return String.valueOf(settings.lease().toMillis());
    }

    private static String built(String name) {
        Path program = BUILT.resolve(name);
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(
                    "The peers of these tests are not built. Run " + INSTALL + " (./mm test does that)");
        }
        return program.toString();
    }

    /** What Cyclone DDS reads from its environment. */
    static String configuration(PeerSettings settings) {
        String general = settings.isUnicast() ? UNICAST : "";
        String peers = settings.isUnicast() ? PEERS : "";
        if (!settings.variables().isEmpty()) {
            general = general(settings.discovery().range());
            peers = peers(settings.discovery());
        }
        return "<CycloneDDS><Domain>" + general + "<Discovery>" + peers + "<LeaseDuration>"
                + settings.lease().toMillis() + "ms</LeaseDuration></Discovery></Domain></CycloneDDS>";
    }

    /** Without multicast except in the subnet, as rmw_cyclonedds has it since Iron. */
    private static String general(DiscoverySettings.Range range) {
        return "<General><AllowMulticast>" + (range == DiscoverySettings.Range.SUBNET) + "</AllowMulticast></General>";
    }

    private static String peers(DiscoverySettings discovery) {
        Stream<String> hosts = Stream.concat(
                discovery.range() == DiscoverySettings.Range.LOCALHOST ? Stream.of("localhost") : Stream.of(),
                discovery.peers().stream().map(StaticPeer::toString));
        return "<ParticipantIndex>auto</ParticipantIndex><MaxAutoParticipantIndex>31</MaxAutoParticipantIndex><Peers>"
                + hosts.map(host -> "<Peer address=\"" + host + "\"/>").collect(Collectors.joining()) + "</Peers>";
    }
}
