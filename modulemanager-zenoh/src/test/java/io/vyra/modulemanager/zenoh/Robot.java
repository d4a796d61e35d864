package io.vyra.modulemanager.zenoh;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Account;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.face.StumblingManager;
import io.vyra.modulemanager.manager.ManagerAssembly;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.SampleRobot;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.zenoh.connection.BusSettings;
import io.vyra.modulemanager.zenoh.manager.ManagerLog;
import io.vyra.zenoh.link.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A whole manager with its face, in a folder of the test's. Modules are processes that only sleep, unless the test says otherwise. */
final class Robot implements AutoCloseable {
    static final Duration PATIENCE = SampleRobot.PATIENCE;

    final SampleRobot core;
    final StumblingManager stumbling;
    final ManagerAssembly assembly;
    final ZenohFace face;

    Robot(Path folder, BusSettings settings) {
        this.core = new SampleRobot(folder);
        this.stumbling = new StumblingManager(core.manager());
        this.assembly = core.assembly();
        this.face = new ZenohFace(
                settings,
                new ZenohFace.Ground(
                        stumbling.manager(),
                        assembly.reports(),
                        assembly.tokens(),
                        assembly.feed(),
                        assembly.busSocket(),
                        new ManagerLog(),
                        Map.of("bus_mode", "test"),
                        assembly.catalog(),
                        assembly.repositories(),
                        assembly.refresher(),
                        assembly.parameterHistory(),
                        () -> List.of(new Account("anna", Role.ADMIN, false, Instant.EPOCH)),
                        _ -> JsonNodeFactory.instance
                                .objectNode()
                                .put("id", core.manager().self().toString()),
                        Clock.systemUTC()));
        face.start();
        core.start();
    }

    /** Where its router listens. */
    Endpoint endpoint() {
        return Endpoint.parse(face.status().snapshot().endpoints().getFirst());
    }

    ModuleManager manager() {
        return core.manager();
    }

    /** A module whose process sleeps; what speaks for it on the bus, the test starts. */
    ModuleId installSleeper(String name) throws IOException {
        return install(name, "exec sleep 1000", "{kind: process}", false);
    }

    /** Installs and starts a module of a shell script. */
    ModuleId install(String name, String script, String probe, boolean pausable) throws IOException {
        SampleModule module =
                SampleModule.of(name, "1.0.0", script + "\n").withProbe(probe).startingWithin(20);
        return core.install(pausable ? module : module.notPausable());
    }

    Operation ended(Operation operation) {
        return core.ended(operation);
    }

    Operation command(ModuleId module, Command command) {
        return ended(manager().command(module.toString(), command, CommandContext.of(Caller.MANAGER)));
    }

    ModuleView view(ModuleId module) {
        return core.view(module);
    }

    @Override
    public void close() {
        core.stopModules();
        face.close();
        core.close();
    }
}
