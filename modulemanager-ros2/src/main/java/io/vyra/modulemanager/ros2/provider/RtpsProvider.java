package io.vyra.modulemanager.ros2.provider;

import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.RosProvider;
import io.vyra.ros2.graph.ContextSettings;
import io.vyra.ros2.graph.RosContext;
import io.vyra.ros2.rtps.transport.DiscoverySettings;
import java.io.IOException;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** ROS 2 in Java alone: {@code protocol-ros2}. */
public record RtpsProvider(ContextSettings settings) implements RosProvider {
    private static final Logger LOG = Logger.getLogger(RtpsProvider.class);

    @Override
    public RosPort open(String namespace, String name) throws IOException {
        RosContext context = RosContext.open(settings);
        context.onConflict(new ConflictLog(InstantSource.system(), LOG::warn));
        try {
            return new RtpsPort(context, context.createNode(namespace, name));
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    @Override
    public String description() {
        DiscoverySettings discovery = settings.participant().discovery();
        return "provider=rtps domain=" + discovery.domain() + " range=" + discovery.range();
    }
}
