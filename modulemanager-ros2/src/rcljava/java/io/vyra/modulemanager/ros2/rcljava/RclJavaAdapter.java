package io.vyra.modulemanager.ros2.rcljava;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.RosProvider;
import io.vyra.modulemanager.ros2.port.UnusableProviderException;
import io.vyra.modulemanager.ros2.provider.NativeLibraries;
import io.vyra.ros2.cdr.MessageTypes;
import java.io.IOException;
import java.util.List;
import org.ros2.rcljava.RCLJava;
import org.ros2.rcljava.node.Node;
import org.ros2.rcljava.node.NodeOptions;

/** Starts rcljava. There is one port at a time: rcljava's default context, which its executors insist on, is one for the whole JVM. */
public final class RclJavaAdapter implements RosProvider {
    /** Those with native methods that the port gets to, each with a library and an initializer that ends the JVM without it. */
    private static final List<String> NATIVE_CLASSES = List.of(
            "org.ros2.rcljava.RCLJava",
            "org.ros2.rcljava.contexts.ContextImpl",
            "org.ros2.rcljava.node.NodeImpl",
            "org.ros2.rcljava.time.Clock",
            "org.ros2.rcljava.qos.QoSProfile",
            "org.ros2.rcljava.publisher.PublisherImpl",
            "org.ros2.rcljava.subscription.SubscriptionImpl",
            "org.ros2.rcljava.service.ServiceImpl",
            "org.ros2.rcljava.client.ClientImpl",
            "org.ros2.rcljava.executors.BaseExecutor",
            "org.ros2.rcljava.graph.EndpointInfo");

    private final MessageTypes types;
    private final LoadedLibraries libraries;

    public RclJavaAdapter(MessageTypes types, NativeLibraries libraries) {
        this.types = types;
        this.libraries = new LoadedLibraries(libraries);
    }

    @Override
    public RosPort open(String namespace, String name) throws IOException, UnusableProviderException {
        try {
            for (String each : NATIVE_CLASSES) {
                libraries.require(NativeLibraries.ofClass(each), "rcljava");
            }
        } catch (ProblemException e) {
            throw new UnusableProviderException(
                    "mm.ros2.provider is rcljava, but " + e.problem().detail() + " Or set mm.ros2.provider=rtps", e);
        }
        try {
            RCLJava.rclJavaInit();
            Node node = RCLJava.createNode(
                    name,
                    namespace,
                    RCLJava.getDefaultContext(),
                    new NodeOptions().setEnableRosout(false).setAllowUndeclaredParameters(true));
            return new RclJavaPort(node, new GeneratedTypes(types, libraries));
        } catch (LinkageError e) {
            throw new UnusableProviderException(
                    "the installed rcljava is not one that the manager knows (" + e
                            + "): build the main branch of ros2_java, or" + " set mm.ros2.provider=rtps",
                    e);
        } catch (Exception e) {
            // Native code throws checked exceptions that no method declares.
            throw new IOException("rcljava did not join the graph: " + e.getMessage(), e);
        }
    }

    @Override
    public String description() {
        return "provider=rcljava rmw=" + RCLJava.getRMWIdentifier();
    }
}
