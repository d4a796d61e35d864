package io.vyra.modulemanager.zenoh;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.zenoh.link.Endpoint;
import java.io.IOException;
import java.nio.file.Path;

/** The manager is the router of its modules. */
class ThroughOurRouterTest extends VyraModuleContract {

    @Override
    Robot open(Path folder) {
        return new Robot(folder, Settings.router(Endpoint.parse("tcp/127.0.0.1:0")));
    }

    @Override
    PythonModule connect(ModuleId id) throws IOException {
        return PythonModule.connectedTo(
                Endpoint.parse(robot.face.status().snapshot().endpoints().getFirst()), id);
    }
}
