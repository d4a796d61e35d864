package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.DockerEngine;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineAddress;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.manager.ManagerAssembly;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.SampleRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Sample modules in containers of an engine. Each has an image of its own, made from nothing; the containers share the machine's network. */
final class ContainerSamples implements SampleRuntime {
    static final String IMAGES = "localhost/vyra-module/";
    private static final Duration SOON = Duration.ofSeconds(60);

    private final EngineAddress address;
    private final UnaryOperator<Engine> around;
    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final Map<String, String> lines = new ConcurrentHashMap<>();

    ContainerSamples(EngineAddress address) {
        this(address, engine -> engine);
    }

    /** @param around what stands between managers and the engine */
    ContainerSamples(EngineAddress address, UnaryOperator<Engine> around) {
        this.address = address;
        this.around = around;
    }

    /** The next package of this version has another image than one that runs its script. */
    void image(String module, String version, byte[] archive) {
        images.put(module + " " + version, archive);
    }

    /** Packages of this version say that it may run beside another one, in a network where nobody else's ports are. */
    void startsFirst(String module, String version) {
        with(module, version, "network: none\nupdate: {order: start-first}\n");
    }

    /** Packages of this version have more lines in {@code module_runtime.yaml}. */
    void with(String module, String version, String more) {
        lines.put(module + " " + version, more);
    }

    @Override
    public String kind() {
        return "container";
    }

    @Override
    public void pack(SampleModule module, Path tree) throws IOException {
        String name = module.name() + ":" + module.version();
        byte[] other = images.remove(module.name() + " " + module.version());
        Files.write(
                tree.resolve(TestLaunch.ARCHIVE),
                other != null
                        ? other
                        : TestImage.gzip(Base.SHELL
                                .copy()
                                .file("run.sh", module.program())
                                .full(name)));
        Files.writeString(tree.resolve(".module/module_runtime.yaml"), """
                kind: container
                image: {archive: %s}
                command: [/run.sh]
                init: true
                pausable: true
                probe: %s
                stop: %s
                %s""".formatted(
                        TestLaunch.ARCHIVE,
                        module.probe(),
                        module.stop(),
                        lines.getOrDefault(module.name() + " " + module.version(), "")));
    }

    /** Podman takes a second to tell of an end. */
    @Override
    public Duration probation() {
        return Duration.ofSeconds(3);
    }

    @Override
    public Plug plug(ManagerAssembly assembly) {
        ContainerRuntime containers = TestGround.runtime(around.apply(client()), "host", assembly.runtimeGround());
        assembly.runtimeGround().choice().plug(containers);
        return containers::close;
    }

    private Engine client() {
        return new DockerEngine(address, Optional.empty());
    }

    @Override
    public List<Long> processes(Path data) {
        List<ContainerState> states = states(data);
        assertThat(states).allMatch(ContainerState::isAlive);
        return states.stream().map(ContainerState::pid).toList();
    }

    /** Main processes of modules that are paused. */
    List<Long> paused(Path data) {
        return states(data).stream()
                .filter(state -> state.phase() == ContainerState.Phase.PAUSED)
                .map(ContainerState::pid)
                .toList();
    }

    private List<ContainerState> states(Path data) {
        try (Engine client = client()) {
            return client.find(ContainerLabels.of(data).ours()).stream()
                    .map(client::inspect)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    @Override
    public void awaitTidy(Path data, int versions) {
        try (Engine client = client()) {
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(client.imageNames(imagesOf(data))).hasSize(versions));
        }
    }

    /** Under which name the engine has the only image of this version. */
    String imageName(Path data, String version) {
        try (Engine client = client()) {
            List<String> names = client.imageNames(imagesOf(data)).stream()
                    .filter(name -> name.endsWith(":" + version))
                    .toList();
            assertThat(names).hasSize(1);
            return names.getFirst();
        }
    }

    /** As somebody does it who needs space. */
    void deleteImage(Path data, String version) {
        String name = imageName(data, version);
        try (Engine client = client()) {
            assertThat(client.removeImage(name)).as(name).isTrue();
            assertThat(client.image(name)).as(name).isEmpty();
        }
    }

    private static String imagesOf(Path data) {
        return IMAGES + ContainerLabels.of(data).manager() + "/";
    }

    /** An image that several managers have may be removed by several at once, over which Docker stumbles. */
    @Override
    public void tidyUp(Path data) {
        try (Engine client = client()) {
            client.find(ContainerLabels.of(data).ours()).forEach(client::remove);
            await().atMost(SOON).ignoreExceptions().until(() -> {
                client.imageNames(imagesOf(data)).forEach(client::removeImage);
                return client.imageNames(imagesOf(data)).isEmpty();
            });
        }
    }

    /** Made only where packages are. */
    private static final class Base {
        static final TestImage SHELL = new TestImage().shell();

        private Base() {}
    }
}
