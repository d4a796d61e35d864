package io.vyra.modulemanager.container;

import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.runtime.ContainerLaunch;
import io.vyra.modulemanager.runtime.LaunchSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Launches of containers, as the core makes them. Each method gives a changed copy. */
public record TestLaunch(
        ModuleId module,
        long generation,
        Path folder,
        List<String> entrypoint,
        List<String> command,
        ContainerSpec spec,
        List<ProcessSpec.Port> ports,
        Manifest.Resources resources,
        Manifest.Requirements requirements,
        Map<String, String> labels,
        Map<String, String> environment) {
    public static final String ARCHIVE = "image.tar.gz";

    /** In {@code folder} lie {@code tree}, {@code storage} and {@code logs}. */
    public static TestLaunch of(ModuleId module, Path folder) {
        return new TestLaunch(
                module,
                1,
                folder,
                List.of(),
                List.of(),
                new ContainerSpec(
                        new ContainerSpec.Image.Archive(ARCHIVE, Optional.empty()),
                        List.of(),
                        Optional.empty(),
                        ContainerSpec.DEFAULT_STORAGE,
                        true,
                        List.of(),
                        false,
                        ContainerSpec.Wishes.NONE),
                List.of(),
                Manifest.Resources.NONE,
                Manifest.Requirements.NONE,
                Map.of(),
                Map.of());
    }

    public TestLaunch generation(long number) {
        return new TestLaunch(
                module, number, folder, entrypoint, command, spec, ports, resources, requirements, labels, environment);
    }

    public TestLaunch running(List<String> entry, String... arguments) {
        return new TestLaunch(
                module,
                generation,
                folder,
                entry,
                List.of(arguments),
                spec,
                ports,
                resources,
                requirements,
                labels,
                environment);
    }

    public TestLaunch spec(ContainerSpec other) {
        return new TestLaunch(
                module,
                generation,
                folder,
                entrypoint,
                command,
                other,
                ports,
                resources,
                requirements,
                labels,
                environment);
    }

    public TestLaunch wishing(ContainerSpec.Wishes wishes) {
        return spec(new ContainerSpec(
                spec.image(),
                spec.entrypoint(),
                spec.network(),
                spec.storage(),
                spec.readOnlyRoot(),
                spec.capabilities(),
                spec.init(),
                wishes));
    }

    public TestLaunch ports(ProcessSpec.Port... some) {
        return new TestLaunch(
                module,
                generation,
                folder,
                entrypoint,
                command,
                spec,
                List.of(some),
                resources,
                requirements,
                labels,
                environment);
    }

    public TestLaunch limits(Manifest.Resources limits, Manifest.Requirements needs) {
        return new TestLaunch(
                module, generation, folder, entrypoint, command, spec, ports, limits, needs, labels, environment);
    }

    public TestLaunch labels(Map<String, String> some) {
        return new TestLaunch(
                module,
                generation,
                folder,
                entrypoint,
                command,
                spec,
                ports,
                resources,
                requirements,
                some,
                environment);
    }

    public TestLaunch environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new TestLaunch(
                module, generation, folder, entrypoint, command, spec, ports, resources, requirements, labels, all);
    }

    public LaunchSpec build() {
        ContainerSpec whole = new ContainerSpec(
                spec.image(),
                entrypoint.isEmpty() ? spec.entrypoint() : entrypoint,
                spec.network(),
                spec.storage(),
                spec.readOnlyRoot(),
                spec.capabilities(),
                spec.init(),
                spec.wishes(),
                spec.order());
        ProcessSpec process = new ProcessSpec(
                command,
                "",
                Map.of(),
                ProcessSpec.Stop.DEFAULT,
                new Probe.Alive(),
                ports,
                true,
                0,
                0,
                Optional.empty(),
                Optional.of(whole));
        return new LaunchSpec(
                module,
                generation,
                folder.resolve("tree"),
                folder.resolve("logs"),
                process,
                resources,
                environment,
                Optional.of(
                        new ContainerLaunch(whole, "1.0.0", folder.resolve("storage"), requirements, labels, true)));
    }
}
