package io.vyra.modulemanager.container.settings;

import io.vyra.modulemanager.runtime.LaunchSpec;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Under which addresses a container finds the manager and its bus. With the machine's network they are the machine's own; elsewhere a
 * loopback address is the container's own, so it gets an address that was set for it, or none.
 *
 * @param manager set for containers that do not share the machine's network
 * @param bus     of the bus, with commas between them; set likewise
 */
record ManagerAddresses(Optional<String> manager, Optional<String> bus) {
    private static final Logger LOG = Logger.getLogger(ManagerAddresses.class);
    private static final String MANAGER = "MM_URL";
    private static final String BUS = "ZENOH_CONNECT";

    /** Changes what the manager put into the environment; a bus that the manifest names stays. */
    void adapt(Map<String, String> environment, LaunchSpec launch, String network) {
        if (network.equals("host")) {
            return;
        }
        boolean isAlone = network.equals("none");
        boolean isTold = environment.containsKey(MANAGER);
        Optional<String> url = manager.or(() -> reachable(environment.get(MANAGER)));
        put(environment, MANAGER, url.filter(any -> !isAlone));
        if (!launch.process().environment().containsKey(BUS)) {
            Optional<String> routers = bus.or(() -> reachableOf(environment.get(BUS)));
            put(environment, BUS, routers.filter(any -> !isAlone));
        }
        if (isTold && !isAlone && url.isEmpty()) {
            LOG.infof(
                    "Module gets no MM_URL module=%s network=%s cause=%s",
                    launch.module(),
                    network,
                    "the manager's address is a loopback one, which it does not reach; vyra.container.manager-url sets another");
        }
    }

    private static void put(Map<String, String> environment, String name, Optional<String> value) {
        value.ifPresentOrElse(it -> environment.put(name, it), () -> environment.remove(name));
    }

    private static Optional<String> reachable(String url) {
        return Optional.ofNullable(url).filter(it -> !isLoopback(URI.create(it).getHost()));
    }

    /** Of a list of endpoints such as {@code tcp/10.0.0.2:7447?metadata#configuration}; a socket file is not in a container. */
    private static Optional<String> reachableOf(String endpoints) {
        return Optional.ofNullable(endpoints)
                .map(list -> Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(endpoint ->
                                host(endpoint).filter(host -> !isLoopback(host)).isPresent())
                        .collect(Collectors.joining(",")))
                .filter(list -> !list.isEmpty());
    }

    private static Optional<String> host(String endpoint) {
        int slash = endpoint.indexOf('/');
        String address = endpoint.substring(slash + 1).split("[?#]", 2)[0];
        int colon = address.lastIndexOf(':');
        return slash < 0 || colon < 1 || endpoint.startsWith("unix")
                ? Optional.empty()
                : Optional.of(address.substring(0, colon));
    }

    /** Not looked up: a name is one of the network's, but for this one. */
    private static boolean isLoopback(String host) {
        return host == null
                || host.equals("localhost")
                || host.startsWith("127.")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.equals("0.0.0.0")
                || host.equals("[::]");
    }
}
