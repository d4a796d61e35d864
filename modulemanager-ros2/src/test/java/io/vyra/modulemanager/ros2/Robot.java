package io.vyra.modulemanager.ros2;

import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.face.StumblingManager;
import io.vyra.modulemanager.manager.ManagerAssembly;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.SampleRobot;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.ros2.connection.BridgeSettings;
import io.vyra.ros2.graph.RosContext;
import io.vyra.ros2.graph.RosNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A whole manager with its face, in a folder of the test's, and programs beside it in the graph. Modules are processes that only sleep. */
public final class Robot implements AutoCloseable {
    public static final Duration PATIENCE = SampleRobot.PATIENCE;

    public final SampleRobot core;
    public final ManagerAssembly assembly;
    public final Ros2Face face;
    final StumblingManager stumbling;
    private final BridgeSettings settings;
    private final List<Ros2Face> faces = new ArrayList<>();
    private final List<RosContext> others = new ArrayList<>();
    private boolean isClosed;

    public Robot(Path folder, BridgeSettings settings) {
        this(folder, settings, true);
    }

    /** @param isConnected whether the bridge will be; else it is not waited for */
    public Robot(Path folder, BridgeSettings settings, boolean isConnected) {
        this.settings = settings;
        this.core = new SampleRobot(folder);
        this.assembly = core.assembly();
        this.stumbling = new StumblingManager(core.manager());
        this.face = open(settings);
        core.start();
        if (isConnected) {
            awaitConnected(face);
        }
    }

    private Ros2Face open(BridgeSettings of) {
        Ros2Face opened = new Ros2Face(
                of,
                new Ros2Face.Ground(
                        stumbling.manager(),
                        assembly.reports(),
                        assembly.feed(),
                        assembly.busSocket(),
                        Map.of("version", "1.2.3"),
                        Clock.systemUTC()));
        faces.add(opened);
        opened.start();
        opened.join();
        return opened;
    }

    private static void awaitConnected(Ros2Face opened) {
        await("the bridge")
                .atMost(PATIENCE)
                .until(() -> opened.bridge().status().connected());
    }

    /** The same manager in another graph as well. */
    void joinToo(BridgeSettings other) {
        awaitConnected(open(other));
    }

    public ModuleManager manager() {
        return core.manager();
    }

    /** Another program's node in the same graph. */
    public RosNode join(String namespace, String name) throws IOException {
        return join(settings, namespace, name);
    }

    /** Another program's node in the graph of other settings. */
    public RosNode join(BridgeSettings graph, String namespace, String name) throws IOException {
        RosContext context = RosContext.open(graph.context());
        others.add(context);
        return context.createNode(namespace, name);
    }

    /** A module whose process sleeps; it is running. */
    public ModuleId installSleeper(String name) throws IOException {
        return core.install(sleeper(name, "1.0.0"));
    }

    /** The same with another probe. */
    public ModuleId install(String name, String probe) throws IOException {
        return core.install(sleeper(name, "1.0.0").withProbe(probe));
    }

    public static SampleModule sleeper(String name, String version) {
        return SampleModule.wellBehaved(name, version).notPausable().startingWithin(20);
    }

    public Operation ended(Operation operation) {
        return core.ended(operation);
    }

    public ModuleView view(ModuleId module) {
        return core.view(module);
    }

    /** Ends the manager with its modules; the programs beside it stay in the graph. */
    public void closeManager() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        // Modules that are nodes are asked to end while they can be asked.
        core.stopModules();
        faces.forEach(Ros2Face::close);
        core.close();
    }

    @Override
    public void close() {
        closeManager();
        others.forEach(RosContext::close);
    }
}
