package io.vyra.modulemanager.ros2.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The bridge to ROS 2. Every key is also an environment variable, for example {@code MM_ROS2_ENABLED}. */
@ConfigMapping(prefix = "mm.ros2")
public interface Ros2Configuration {

    /** Whether there is a bridge at all; {@code VYRA_SLIM=true} switches it off, too. */
    @WithDefault("true")
    boolean enabled();

    /**
     * What speaks ROS 2: {@code rtps}, which the manager brings, or {@code rcljava} of a ROS 2 that is installed beside it; that one was
     * compiled and never run.
     */
    @WithDefault("rtps")
    String provider();

    /**
     * Folders with the jars of rcljava and of the interfaces, with commas between them, such as {@code /opt/ros2_java}; for
     * {@code mm.ros2.provider=rcljava} only.
     */
    Optional<List<Path>> rcljavaJars();

    /** Which graph the manager is part of: 0 to 232; 0 when absent. {@code ROS_DOMAIN_ID} is the same. */
    Optional<String> domainId();

    /** {@code 1}: this machine only. {@code ROS_LOCALHOST_ONLY} is the same. */
    Optional<String> localhostOnly();

    /**
     * Who is found without being named: {@code SUBNET} (whom multicast reaches), {@code LOCALHOST} or {@code OFF}; {@code SUBNET} when
     * absent. {@code ROS_AUTOMATIC_DISCOVERY_RANGE} is the same.
     */
    Optional<String> automaticDiscoveryRange();

    /**
     * Hosts to look for participants on, with semicolons between them; their names need have no address yet. {@code ROS_STATIC_PEERS} is the
     * same.
     */
    Optional<String> staticPeers();

    /**
     * How services are called and served: {@code fast-dds} (rmw_fastrtps) or {@code cyclone-dds} (rmw_cyclonedds); when absent, as each
     * peer's own implementation does.
     */
    Optional<Services> services();

    /** Which ROS 2 the graph's own messages are written for: {@code humble}, or {@code iron-or-later}. All are read. */
    @WithDefault("iron-or-later")
    Distribution distribution();

    /** Folders of interface packages, with commas between them, such as {@code /opt/ros/jazzy/share}: needed for topics and services of types other than the common ones. */
    Optional<List<Path>> interfaces();

    /**
     * What anybody in the graph may do with the manager: {@code viewer} asks, {@code operator} also starts and stops modules,
     * {@code developer} also installs, updates and removes them. ROS 2 does not say who asks.
     */
    @WithDefault("viewer")
    Anybody role();

    /** Topics that REST clients may follow: a regular expression for the whole name. */
    @WithDefault(".*")
    String echoAllowed();

    /** Topics that REST clients may publish on: a regular expression for the whole name; none when absent. */
    Optional<String> publishAllowed();

    /** Services that REST clients may call: a regular expression for the whole name; none when absent. */
    Optional<String> callAllowed();

    /** Topics that REST clients may follow at a time: 1 to 256. */
    @WithDefault("32")
    int maxEchoes();

    /** The two conventions for services. */
    enum Services {
        FAST_DDS,
        CYCLONE_DDS
    }

    /** Generations of ROS 2. */
    enum Distribution {
        HUMBLE,
        IRON_OR_LATER
    }

    /** Roles that the graph may have. */
    enum Anybody {
        VIEWER,
        OPERATOR,
        DEVELOPER
    }
}
