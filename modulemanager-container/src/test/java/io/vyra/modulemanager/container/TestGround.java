package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.image.ModuleImages;
import io.vyra.modulemanager.container.settings.Allowance;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.container.settings.ContainerPolicy;
import io.vyra.modulemanager.container.settings.ContainerSettings.LogLimits;
import io.vyra.modulemanager.container.settings.SettingsPlanner;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.FolderWatch;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.LogRotation;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import io.vyra.modulemanager.runtime.RuntimeChoice;
import io.vyra.modulemanager.runtime.RuntimeGround;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a runtime of containers stands on: a data folder with one module's folders in it. */
public final class TestGround implements AutoCloseable {
    /** Small, so that a test can overflow it. */
    static final LogRotation ROTATION = new LogRotation(1 << 20, 2);

    private final Path data;
    private final FolderWatch watch = new FolderWatch();
    private final RuntimeChoice choice = new RuntimeChoice(new NoProcesses());

    public TestGround(Path data) throws IOException {
        this.data = data;
        for (String name : new String[] {"tree", "logs", "storage"}) {
            Files.createDirectories(data.resolve("module").resolve(name));
        }
    }

    /** Where the module's {@code tree}, {@code logs} and {@code storage} are. */
    public Path module() {
        return data.resolve("module");
    }

    public Path logs() {
        return module().resolve("logs");
    }

    public RuntimeChoice choice() {
        return choice;
    }

    public FolderWatch watch() {
        return watch;
    }

    public void image(byte[] archive) throws IOException {
        Files.write(module().resolve("tree").resolve(TestLaunch.ARCHIVE), archive);
    }

    /** As a manager that has just started has it. */
    public ContainerRuntime runtime(Engine engine, String network) {
        return runtime(engine, network, ground());
    }

    private RuntimeGround ground() {
        return new RuntimeGround(data, choice, module -> logs(), ROTATION, watch, InstantSource.system());
    }

    /** On the ground of a whole manager. */
    public static ContainerRuntime runtime(Engine engine, String network, RuntimeGround ground) {
        return runtime(engine, network, ground, Map.of(), false);
    }

    /**
     * As an administrator has set it up.
     *
     * @param allowed by module name
     * @param gateway whether containers carry labels for a gateway
     */
    public ContainerRuntime runtime(
            Engine engine, String network, Map<String, Set<Allowance>> allowed, boolean gateway) {
        return runtime(engine, network, ground(), allowed, gateway);
    }

    private static ContainerRuntime runtime(
            Engine engine, String network, RuntimeGround ground, Map<String, Set<Allowance>> allowed, boolean gateway) {
        ContainerLabels labels = ContainerLabels.of(ground.data());
        SettingsPlanner planner = planner(network, ground.data(), gateway);
        ModuleImages images = new ModuleImages(
                engine,
                labels.manager(),
                new ModuleImages.Rules(
                        false, Duration.ofSeconds(30), 1L << 30, ground.data().resolve("scratch")));
        return new ContainerRuntime(
                engine,
                new ContainerRuntime.Parts(labels, new ContainerPolicy(allowed, Set.of()), planner, images),
                ground);
    }

    /** What decides about the containers of the module that lies here. */
    public SettingsPlanner planner(String network, boolean gateway) {
        return planner(network, data, gateway);
    }

    private static SettingsPlanner planner(String network, Path data, boolean gateway) {
        return new SettingsPlanner(
                ContainerLabels.of(data),
                new SettingsPlanner.Rules(
                        network,
                        "127.0.0.1",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        data,
                        4_096,
                        new LogLimits(1 << 20, 2),
                        gateway));
    }

    @Override
    public void close() {
        watch.close();
    }

    private static final class NoProcesses implements ModuleRuntime {
        @Override
        public String kind() {
            return "none";
        }

        @Override
        public ModuleProcess start(LaunchSpec spec) {
            throw new UnsupportedOperationException("no processes in this test");
        }

        @Override
        public Adoption adopt(ModuleId module, long generation) {
            return new Adoption.NeverStarted();
        }

        @Override
        public void forget(ModuleId module) {}

        @Override
        public LimitSupport limitSupport() {
            return new LimitSupport("none", Optional.of("no processes in this test"));
        }
    }
}
