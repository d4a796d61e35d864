package io.vyra.modulemanager.container.assembly;

import io.vyra.modulemanager.container.ContainerRuntime;
import io.vyra.modulemanager.container.OnDemandRuntime;
import io.vyra.modulemanager.container.engine.DockerEngine;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineAddress;
import io.vyra.modulemanager.container.engine.EngineTls;
import io.vyra.modulemanager.container.image.ModuleImages;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.container.settings.ContainerPolicy;
import io.vyra.modulemanager.container.settings.ContainerSettings.LogLimits;
import io.vyra.modulemanager.container.settings.SettingsPlanner;
import io.vyra.modulemanager.runtime.RuntimeGround;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Builds the adapter by constructor calls. The engine need not be there yet. */
final class ContainerAssembly {
    private static final Logger LOG = Logger.getLogger(ContainerAssembly.class);
    private static final EngineAddress USUAL = EngineAddress.of("unix:///var/run/docker.sock");
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");

    private ContainerAssembly() {}

    /**
     * @param environment the manager's
     * @param exists      whether there is a file
     * @throws IllegalArgumentException when a setting is of no use
     */
    static OnDemandRuntime assemble(
            ContainerConfiguration configuration,
            RuntimeGround ground,
            Map<String, String> environment,
            Predicate<Path> exists) {
        EngineAddress address = configuration
                .host()
                .map(EngineAddress::of)
                .or(() -> EngineAddress.find(environment, exists))
                .orElse(USUAL);
        Optional<EngineTls> tls = configuration.tlsFolder().map(EngineTls::new);
        requireSafe(address, tls, configuration.insecure());
        tls.ifPresent(EngineTls::getSSLContext);
        ContainerLabels labels = ContainerLabels.of(ground.data());
        SettingsPlanner planner = new SettingsPlanner(
                labels,
                new SettingsPlanner.Rules(
                        configuration.network(),
                        configuration.publishOn(),
                        configuration.managerUrl(),
                        configuration.zenohConnect(),
                        configuration.dataOnEngine(),
                        ground.data(),
                        within("max-processes", configuration.maxProcesses(), 1, 4_194_304),
                        new LogLimits(
                                within(
                                        "engine-log-size",
                                        configuration.engineLogSize().asLongValue(),
                                        65_536,
                                        1L << 30),
                                (int) within("engine-log-files", configuration.engineLogFiles(), 1, 100)),
                        configuration.gateway()));
        ModuleImages.Rules images = new ModuleImages.Rules(
                configuration.pull(),
                configuration.pullTimeout(),
                configuration.maxImage().asLongValue(),
                ground.data().resolve("trash"));
        ContainerPolicy policy = new ContainerPolicy(configuration.allow(), sockets(address, environment));
        return new OnDemandRuntime(ground.data(), () -> {
            LOG.infof("Container engine chosen address=%s", address);
            Engine engine = new DockerEngine(address, tls);
            return new ContainerRuntime(
                    engine,
                    new ContainerRuntime.Parts(
                            labels, policy, planner, new ModuleImages(engine, labels.manager(), images)),
                    ground);
        });
    }

    private static long within(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "vyra.container." + key + " must be between " + least + " and " + most + " but is " + value);
        }
        return value;
    }

    private static void requireSafe(EngineAddress address, Optional<EngineTls> tls, boolean insecure) {
        boolean isHere =
                address.isLocal() || THIS_MACHINE.contains(address.uri().getHost());
        if (!isHere && tls.isEmpty() && !insecure) {
            throw new IllegalArgumentException("the container engine at " + address
                    + " would be used without TLS, so anybody on the way could use it. Set vyra.container.tls-folder, or"
                    + " vyra.container.insecure=true where nobody is on the way");
        }
    }

    /** Also those of engines that are not used now: they are as good a way to the machine. */
    private static Set<Path> sockets(EngineAddress address, Map<String, String> environment) {
        Set<Path> sockets = new HashSet<>(EngineAddress.places(environment));
        if (address.isLocal()) {
            sockets.add(Path.of(address.uri().getPath()));
        }
        return sockets;
    }
}
