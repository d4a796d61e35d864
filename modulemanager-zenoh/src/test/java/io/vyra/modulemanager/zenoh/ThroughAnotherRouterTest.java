package io.vyra.modulemanager.zenoh;

import io.vyra.modulemanager.module.ModuleId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The manager is a client of a router of the reference implementation, as its modules are. */
class ThroughAnotherRouterTest extends VyraModuleContract {
    private static PythonModule router;

    @BeforeAll
    static void start() throws IOException {
        router = PythonModule.router();
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    @Override
    Robot open(Path folder) {
        return new Robot(folder, Settings.client(router.endpoint()));
    }

    @Override
    PythonModule connect(ModuleId id) throws IOException {
        return PythonModule.connectedTo(router.endpoint(), id);
    }
}
