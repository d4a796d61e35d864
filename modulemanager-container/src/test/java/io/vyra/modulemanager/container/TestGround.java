package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.image.ModuleImages;
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
    private final Path data;
    private final FolderWatch watch = new FolderWatch();

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

    public FolderWatch watch() {
        return watch;
    }

    public void image(byte[] archive) throws IOException {
        Files.write(module().resolve("tree").resolve(TestLaunch.ARCHIVE), archive);
    }

    /** As a manager that has just started has it. */
    public ContainerRuntime runtime(Engine engine, String network) {
        return runtime(
                engine,
                network,
                new RuntimeGround(
                        data,
                        new RuntimeChoice(new NoProcesses()),
                        module -> logs(),
                        LogRotation.DEFAULT,
                        watch,
                        InstantSource.system()));
    }

    /** On the ground of a whole manager. */
    public static ContainerRuntime runtime(Engine engine, String network, RuntimeGround ground) {
        ContainerLabels labels = ContainerLabels.of(ground.data());
        SettingsPlanner planner = new SettingsPlanner(
                labels,
                new SettingsPlanner.Rules(
                        network,
                        "127.0.0.1",
                        Optional.empty(),
                        Optional.empty(),
                        ground.data(),
                        4_096,
                        new LogLimits(1 << 20, 2),
                        false));
        ModuleImages images = new ModuleImages(
                engine,
                labels.manager(),
                new ModuleImages.Rules(
                        false, Duration.ofSeconds(30), 1L << 30, ground.data().resolve("scratch")));
        return new ContainerRuntime(
                engine,
                new ContainerRuntime.Parts(labels, new ContainerPolicy(Map.of(), Set.of()), planner, images),
                ground);
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
