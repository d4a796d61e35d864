package io.vyra.modulemanager.ros2.rcljava;

import io.vyra.modulemanager.ros2.Settings;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.RosPortContract;
import java.util.Map;

/**
 * Runs with the profile {@code rcljava} only: needs ros2_java, with {@code example_interfaces} in its workspace, in the folder of the system
 * property {@code rcljava.home}, and {@code ROS_DOMAIN_ID} in the environment, which rcl reads.
 */
class RclJavaPortTest extends RosPortContract {
    private static final String DOMAIN = "ROS_DOMAIN_ID";

    @Override
    protected int domain() {
        return Integer.parseInt(System.getenv().getOrDefault(DOMAIN, "0"));
    }

    @Override
    protected boolean hasActions() {
        return false;
    }

    @Override
    protected RosPort open(int domain) throws Exception {
        return Settings.of(Map.of(
                        "mm.ros2.provider", "rcljava", "mm.ros2.rcljava-jars", System.getProperty("rcljava.home")))
                .provider()
                .open("/contract", "port");
    }
}
