package io.vyra.modulemanager.container.assembly;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vyra.modulemanager.container.OnDemandRuntime;
import io.vyra.modulemanager.runtime.RuntimeGround;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.util.Optional;

/** Owns the adapter: plugs it in before the core starts modules, and lets go of the containers after the core has. */
@Singleton
public class ContainerBeans {
    private final RuntimeGround ground;
    private final Optional<OnDemandRuntime> runtime;

    public ContainerBeans(ContainerConfiguration configuration, RuntimeGround ground) {
        this.ground = ground;
        try {
            this.runtime = configuration.enabled()
                    ? Optional.of(ContainerAssembly.assemble(configuration, ground, System.getenv(), Files::exists))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "A setting of vyra.container.* cannot be used: " + e.getMessage() + ". See docs/containers.md.");
        }
    }

    void start(@Observes @Priority(90) StartupEvent event) {
        runtime.ifPresentOrElse(
                ground.choice()::plug,
                () -> ground.choice()
                        .withoutContainers(
                                "containers are switched off with vyra.container.enabled=false",
                                "set vyra.container.enabled=true and start the manager again: docs/containers.md"));
    }

    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
        runtime.ifPresent(OnDemandRuntime::close);
    }
}
