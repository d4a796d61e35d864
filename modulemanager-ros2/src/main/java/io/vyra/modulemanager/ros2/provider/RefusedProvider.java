package io.vyra.modulemanager.ros2.provider;

import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.RosProvider;
import io.vyra.modulemanager.ros2.port.UnusableProviderException;

/**
 * A provider that there is not: what stands in its place says so when it is used, so that a wrong word costs the bridge and not the manager.
 *
 * @param name as it was asked for
 */
record RefusedProvider(String name) implements RosProvider {

    @Override
    public RosPort open(String namespace, String node) throws UnusableProviderException {
        throw new UnusableProviderException(
                "mm.ros2.provider is '" + name
                        + "', which is none: set it to rtps, which needs nothing else, or to rcljava, which needs a ROS 2 with ros2_java");
    }

    @Override
    public String description() {
        return "provider=" + name;
    }
}
