package io.vyra.modulemanager.module;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How to tell that a running module works. When it is asked is {@link HealthCheck}. */
public sealed interface Probe {

    /** The process is alive. */
    record Alive() implements Probe {}

    /** A program of the module ends with code 0; run with the module's environment and working directory. */
    record Exec(List<String> command) implements Probe {
        public Exec {
            command = List.copyOf(command);
        }
    }

    /** {@code GET http://127.0.0.1:port path} answers with a status of 200 … 399. */
    record Http(int port, String path) implements Probe {}

    /** A TCP connection to 127.0.0.1 can be opened. */
    record Tcp(int port) implements Probe {}

    /**
     * The file {@code $MODULE_HEARTBEAT_FILE} was touched no longer than {@code maxAge} ago.
     */
    record Heartbeat(Duration maxAge) implements Probe {}

    /**
     * Something that is asked over a bus. On Zenoh, what it names is below the module's own key, {@code {name}_{uuid}/}; in ROS 2, nodes
     * have names of their own.
     */
    sealed interface Bus extends Probe {}

    /**
     * All nodes of the module are in the graph of ROS 2, and those with a lifecycle are active.
     *
     * @param plain     full names, such as {@code /arm/driver}
     * @param lifecycle full names of managed nodes, in the order in which they are configured and activated
     */
    record RosNodes(List<String> plain, List<String> lifecycle) implements Bus {
        public RosNodes {
            plain = List.copyOf(plain);
            lifecycle = List.copyOf(lifecycle);
        }

        /** Of either kind. */
        public List<String> all() {
            return Stream.concat(plain.stream(), lifecycle.stream()).toList();
        }
    }

    /** A function of the module answers, and not with an error. */
    record BusFunction(String name) implements Bus {}

    /** A liveliness token of the module stands. */
    record BusToken(String key) implements Bus {}

    /** The module said something on one of its feeds no longer than {@code maxAge} ago. */
    record BusHeartbeat(Duration maxAge) implements Bus {}
}
