package io.vyra.modulemanager.ros2;

import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.face.FaceConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What every face keeps, in the graph of ROS 2. */
class Ros2FaceTest extends FaceConformance {
    private Robot robot;
    private GraphFace face;

    @BeforeAll
    void begin(@TempDir Path folder) {
        robot = new Robot(folder, GraphFace.settings(Role.VIEWER));
        face = new GraphFace(robot);
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
