package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.manager.TestManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real engine for the tests of a class, and a manager for each test whose sample modules run in it. A test may leave the engine ended; its
 * manager ends with it and leaves nothing in the engine. For classes of which all tests share one instance. Not thread-safe.
 */
final class EngineFixture implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final Begin begin;
    private final UnaryOperator<Engine> around;
    private TestEngine engine;
    private ContainerSamples samples;
    private Optional<TestManager> manager = Optional.empty();

    /** Starts an engine. */
    interface Begin {
        TestEngine begin() throws IOException;
    }

    EngineFixture(Begin begin) {
        this(begin, engine -> engine);
    }

    /** @param around what stands between managers and the engine */
    EngineFixture(Begin begin, UnaryOperator<Engine> around) {
        this.begin = begin;
        this.around = around;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        engine = begin.begin();
        samples = new ContainerSamples(engine.address(), around);
    }

    TestEngine engine() {
        return engine;
    }

    ContainerSamples samples() {
        return samples;
    }

    /** Starts the test's manager in this folder. */
    TestManager manage(Path folder) throws IOException {
        manager = Optional.of(new TestManager(folder, samples));
        return manager.get();
    }

    /** The living containers of the test's manager, as the engine tells them. */
    List<ContainerState> alive(Engine client) {
        return client.find(ContainerLabels.of(manager.orElseThrow().data()).ours()).stream()
                .flatMap(id -> client.inspect(id).stream())
                .filter(ContainerState::isAlive)
                .toList();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (!engine.isAlive()) {
            engine.start();
        }
        Optional<TestManager> ended = manager;
        manager = Optional.empty();
        ended.ifPresent(it -> {
            it.close();
            samples.tidyUp(it.data());
        });
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (engine != null) {
            engine.close();
        }
    }
}
