package io.vyra.modulemanager.zenoh;

import io.vyra.modulemanager.face.FaceConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What every face keeps, on the bus. */
class ZenohFaceTest extends FaceConformance {
    private Robot robot;
    private BusFace face;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        robot = new Robot(folder, Settings.authenticated(folder, BusFace.USERS));
        face = new BusFace(robot);
    }

    @AfterAll
    void end() {
        face.close();
        robot.close();
    }

    @Override
    protected Subject subject() {
        return new Subject(robot.core, robot.stumbling, face);
    }
}
