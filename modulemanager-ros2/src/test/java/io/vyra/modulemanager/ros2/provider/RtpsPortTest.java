package io.vyra.modulemanager.ros2.provider;

import io.vyra.modulemanager.ros2.Settings;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.RosPortContract;
import java.util.Map;

class RtpsPortTest extends RosPortContract {
    @Override
    protected RosPort open(int domain) throws Exception {
        return Settings.local(domain, Map.of()).provider().open("/contract", "port");
    }
}
