package io.vyra.modulemanager.container.engine;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import io.vyra.modulemanager.container.settings.ContainerSettings;
import io.vyra.modulemanager.container.settings.ContainerSettings.PublishedPort;
import io.vyra.modulemanager.container.settings.SettingsPlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes settings into the request of {@code POST /containers/create} (Docker engine API 1.41). */
final class CreateRequest {
    private CreateRequest() {}

    static CreateContainerCmd of(CreateContainerCmd request, ContainerSettings settings) {
        request.withName(settings.name())
                .withEnv(settings.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .toList())
                .withLabels(settings.labels())
                // Probes are the manager's; an image's own health check would be one more that nobody asks about.
                .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
                .withHostConfig(host(settings));
        if (!settings.entrypoint().isEmpty()) {
            request.withEntrypoint(settings.entrypoint());
        }
        if (!settings.command().isEmpty()) {
            request.withCmd(settings.command());
        }
        if (!settings.ports().isEmpty()) {
            request.withExposedPorts(
                    settings.ports().stream().map(CreateRequest::exposed).toList());
        }
        settings.workingDir().ifPresent(request::withWorkingDir);
        settings.user().ifPresent(request::withUser);
        return request;
    }

    private static HostConfig host(ContainerSettings settings) {
        HostConfig host = HostConfig.newHostConfig()
                .withRestartPolicy(RestartPolicy.noRestart())
                .withAutoRemove(false)
                .withNetworkMode(settings.network())
                .withBinds(settings.binds().stream().map(CreateRequest::bind).toList())
                .withDevices(settings.devices().stream()
                        .map(device -> new Device("rwm", device.target(), device.source()))
                        .toList())
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, logs(settings.logs())));
        if (!settings.tmpfs().isEmpty()) {
            host.withTmpFs(settings.tmpfs());
        }
        if (settings.gpu()) {
            host.withDeviceRequests(
                    List.of(new DeviceRequest().withCount(-1).withCapabilities(List.of(List.of("gpu")))));
        }
        if (!settings.ports().isEmpty()) {
            host.withPortBindings(settings.ports().stream()
                    .map(port ->
                            new PortBinding(Ports.Binding.bindIpAndPort(port.address(), port.number()), exposed(port)))
                    .toList());
        }
        limit(host, settings.limits());
        secure(host, settings.security());
        return host;
    }

    private static void limit(HostConfig host, ContainerSettings.Limits limits) {
        limits.memoryBytes().ifPresent(bytes -> {
            host.withMemory(bytes);
            // Memory and swap together: no more than the memory, so no swap.
            host.withMemorySwap(bytes);
        });
        limits.memoryReservationBytes().ifPresent(host::withMemoryReservation);
        limits.cpuQuotaMicros().ifPresent(quota -> {
            host.withCpuPeriod(SettingsPlanner.CPU_PERIOD);
            host.withCpuQuota(quota);
        });
        limits.cpuShares().ifPresent(host::withCpuShares);
        host.withPidsLimit(limits.processes());
        if (limits.oomScoreAdjust() != 0) {
            host.withOomScoreAdj(limits.oomScoreAdjust());
        }
    }

    private static void secure(HostConfig host, ContainerSettings.Security security) {
        host.withReadonlyRootfs(security.readOnlyRoot());
        if (security.init()) {
            host.withInit(true);
        }
        if (security.hostPid()) {
            host.withPidMode("host");
        }
        if (security.privileged()) {
            host.withPrivileged(true);
            return;
        }
        host.withSecurityOpts(List.of("no-new-privileges"));
        host.withCapDrop(Capability.ALL);
        List<Capability> kept = new ArrayList<>();
        security.capabilities().forEach(name -> kept.add(capability(name)));
        if (!kept.isEmpty()) {
            host.withCapAdd(kept.toArray(Capability[]::new));
        }
    }

    private static Capability capability(String name) {
        try {
            return Capability.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    EngineException.Reason.REFUSED,
                    "there is no Linux capability named " + name + " for containers",
                    e);
        }
    }

    private static Map<String, String> logs(ContainerSettings.LogLimits limits) {
        return Map.of("max-size", Long.toString(limits.maxBytes()), "max-file", Integer.toString(limits.files()));
    }

    private static Bind bind(ContainerSettings.Bind bind) {
        return new Bind(bind.source(), new Volume(bind.target()), bind.readOnly() ? AccessMode.ro : AccessMode.rw);
    }

    private static ExposedPort exposed(PublishedPort port) {
        return port.isUdp() ? ExposedPort.udp(port.number()) : ExposedPort.tcp(port.number());
    }
}
