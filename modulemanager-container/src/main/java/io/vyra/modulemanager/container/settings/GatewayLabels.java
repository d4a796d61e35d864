package io.vyra.modulemanager.container.settings;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.runtime.ContainerLaunch;
import io.vyra.modulemanager.runtime.LaunchSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Labels by which a Traefik gateway (version 2 or 3) finds a module: the primary instance at {@code /{name}/}, every instance at
 * {@code /{name}/{id}/}. The prefix is taken off, so that the module serves {@code /} and {@code /api}.
 */
final class GatewayLabels {
    /** Of every instance's own route, so that it stays above every primary one's. A greater priority goes first. */
    private static final long INSTANCE = 2_000_000_000;

    /** Of primary routes that have one; elsewhere the gateway takes the length of the rule. */
    private static final long PRIMARY = 1_000_000_000;

    private GatewayLabels() {}

    /** Empty for a module that listens on no TCP port. */
    static Map<String, String> of(LaunchSpec launch, ContainerLaunch container) {
        Optional<ProcessSpec.Port> port = launch.process().ports().stream()
                .filter(candidate -> candidate.protocol() == ProcessSpec.Protocol.TCP)
                .findFirst();
        if (port.isEmpty()) {
            return Map.of();
        }
        ModuleId module = launch.module();
        boolean startsFirst = container.spec().order() == UpdateOrder.START_FIRST;
        String key = "vyra-" + module.instanceId() + (startsFirst ? "-" + launch.generation() : "");
        Map<String, String> labels = new HashMap<>();
        labels.put("traefik.enable", "true");
        labels.put(
                "traefik.http.services." + key + ".loadbalancer.server.port",
                Integer.toString(port.get().number()));
        route(labels, key, key, "/" + module.name() + "/" + module.instanceId());
        // Of two versions at once the older one is served as long as it is there.
        precedence(labels, key, startsFirst ? INSTANCE - launch.generation() : INSTANCE);
        if (container.primary()) {
            route(labels, key + "-primary", key, "/" + module.name());
            if (startsFirst) {
                precedence(labels, key + "-primary", PRIMARY - launch.generation());
            }
        }
        return labels;
    }

    private static void precedence(Map<String, String> labels, String router, long priority) {
        labels.put("traefik.http.routers." + router + ".priority", Long.toString(priority));
    }

    private static void route(Map<String, String> labels, String router, String service, String prefix) {
        labels.put("traefik.http.routers." + router + ".rule", "PathPrefix(`" + prefix + "/`)");
        labels.put("traefik.http.routers." + router + ".service", service);
        labels.put("traefik.http.routers." + router + ".middlewares", router);
        labels.put("traefik.http.middlewares." + router + ".stripprefix.prefixes", prefix);
    }
}
