package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.EngineAddress;
import io.vyra.modulemanager.manager.CrashingManager;
import java.io.IOException;

/** A {@link CrashingManager} with modules in containers, for which the engine's commands are boundaries, too. Last argument: the engine's address. */
final class CrashingContainerManager {
    private CrashingContainerManager() {}

    public static void main(String[] arguments) throws IOException {
        EngineAddress address = EngineAddress.of(arguments[arguments.length - 1]);
        CrashingManager.run(
                arguments,
                manager -> new ContainerSamples(
                        address,
                        engine -> ToldEngine.around(engine, new ToldEngine.Listener() {
                            @Override
                            public void before(String command) {
                                manager.pass("engine:" + command, false);
                            }

                            @Override
                            public void after(String command) {
                                manager.pass("engine:" + command, true);
                            }
                        })));
    }
}
