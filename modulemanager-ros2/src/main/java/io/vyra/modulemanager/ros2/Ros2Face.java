package io.vyra.modulemanager.ros2;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.bus.BusSocket;
import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.ros.RosBridge;
import io.vyra.modulemanager.ros2.connection.BridgeConnection;
import io.vyra.modulemanager.ros2.connection.BridgeMeter;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.modulemanager.ros2.connection.BridgeSettings;
import io.vyra.modulemanager.ros2.gateway.GraphGateway;
import io.vyra.modulemanager.ros2.node.ManagerNode;
import io.vyra.modulemanager.ros2.robot.DiagnosticsHealth;
import io.vyra.modulemanager.ros2.robot.LifecycleNodes;
import io.vyra.modulemanager.ros2.robot.LifecycleWalks;
import io.vyra.modulemanager.ros2.robot.NodeFunctions;
import io.vyra.modulemanager.ros2.robot.NodeOwners;
import io.vyra.modulemanager.ros2.robot.NodeProbe;
import io.vyra.modulemanager.ros2.robot.NodeServices;
import io.vyra.modulemanager.ros2.robot.RosoutFeed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The whole face, put together by constructor calls. {@link #start} and {@link #close} are called once each, by one thread; the rest, and what
 * it gives, is thread-safe.
 */
public final class Ros2Face implements AutoCloseable {
    private final BridgeConnection connection;
    private final GraphGateway gateway;
    private final BusSocket socket;
    private final LifecycleWalks walks;
    private final NodeProbe probe;
    private final List<BridgePart> parts;

    /**
     * What the face stands on.
     *
     * @param parameters what the manager is configured with, as far as anybody may know it
     */
    public record Ground(
            ModuleManager manager,
            ModuleReports reports,
            FeedHub hub,
            BusSocket socket,
            Map<String, String> parameters,
            InstantSource clock) {}

    /** Nothing is connected yet. */
    public Ros2Face(BridgeSettings settings, Ground ground) {
        BridgeMeter meter = new BridgeMeter();
        this.connection =
                new BridgeConnection(settings.provider(), ground.manager().self(), ground.clock());
        this.socket = ground.socket();
        NodeOwners owners = new NodeOwners(ground.reports()::hears);
        NodeServices services = new NodeServices(connection);
        this.gateway = new GraphGateway(
                settings, connection, meter, ground.clock(), owners, new NodeFunctions(owners, services));
        this.walks = new LifecycleWalks(new LifecycleNodes(services), owners, ground.clock());
        this.probe = new NodeProbe(connection, owners, walks);
        this.parts = new ArrayList<>(ManagerNode.parts(
                ground.manager(), settings.role(), ground.hub(), meter, ground.parameters(), ground.clock()));
        this.parts.add(gateway);
        this.parts.add(services);
        this.parts.add(new RosoutFeed(owners, ground.reports()));
        this.parts.add(new DiagnosticsHealth(owners, ground.reports()));
    }

    /** From here on modules are asked for their nodes, of which there are none before {@link #join}. */
    public void start() {
        socket.plugNodes(probe, walks::prepareToStop);
    }

    /** Joins the graph in the background: a network that is not there yet delays nothing. Does nothing a second time, or once it is closed. */
    public void join() {
        connection.start(parts);
    }

    public RosBridge bridge() {
        return gateway;
    }

    @Override
    public void close() {
        walks.close();
        connection.close();
    }
}
