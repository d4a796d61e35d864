package io.vyra.modulemanager.container.settings;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec;
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
        String key = "vyra-" + module.instanceId();
        Map<String, String> labels = new HashMap<>();
        labels.put("traefik.enable", "true");
        labels.put(
                "traefik.http.services." + key + ".loadbalancer.server.port",
                Integer.toString(port.get().number()));
        route(labels, key, key, "/" + module.name() + "/" + module.instanceId());
        if (container.primary()) {
            route(labels, key + "-primary", key, "/" + module.name());
        }
        return labels;
    }

    /** Traefik prefers the longer rule, so an instance's own route wins over the primary's. */
    private static void route(Map<String, String> labels, String router, String service, String prefix) {
        labels.put("traefik.http.routers." + router + ".rule", "PathPrefix(`" + prefix + "/`)");
        labels.put("traefik.http.routers." + router + ".service", service);
        labels.put("traefik.http.routers." + router + ".middlewares", router);
        labels.put("traefik.http.middlewares." + router + ".stripprefix.prefixes", prefix);
    }
}
