package org.ros2.rcljava.node;

import java.util.Collection;
import org.ros2.rcljava.client.Client;
import org.ros2.rcljava.consumers.Consumer;
import org.ros2.rcljava.consumers.TriConsumer;
import org.ros2.rcljava.graph.EndpointInfo;
import org.ros2.rcljava.graph.NameAndTypes;
import org.ros2.rcljava.graph.NodeNameInfo;
import org.ros2.rcljava.interfaces.Disposable;
import org.ros2.rcljava.interfaces.MessageDefinition;
import org.ros2.rcljava.interfaces.ServiceDefinition;
import org.ros2.rcljava.parameters.ParameterCallback;
import org.ros2.rcljava.parameters.ParameterVariant;
import org.ros2.rcljava.publisher.Publisher;
import org.ros2.rcljava.qos.QoSProfile;
import org.ros2.rcljava.service.RMWRequestId;
import org.ros2.rcljava.service.Service;
import org.ros2.rcljava.subscription.Subscription;
import rcl_interfaces.msg.ParameterDescriptor;

@SuppressWarnings("rawtypes")
public interface Node extends Disposable {
    Collection<Client> getClients();

    Collection<Service> getServices();

    Collection<Subscription> getSubscriptions();

    <T extends MessageDefinition> Subscription<T> createSubscription(
            Class<T> messageType, String topic, Consumer<T> callback, QoSProfile qosProfile);

    <T extends MessageDefinition> Publisher<T> createPublisher(
            Class<T> messageType, String topic, QoSProfile qosProfile);

    <T extends ServiceDefinition> Service<T> createService(
            Class<T> serviceType,
            String serviceName,
            TriConsumer<RMWRequestId, ? extends MessageDefinition, ? extends MessageDefinition> callback)
            throws NoSuchFieldException, IllegalAccessException;

    <T extends ServiceDefinition> Client<T> createClient(Class<T> serviceType, String serviceName)
            throws NoSuchFieldException, IllegalAccessException;

    String getName();

    String getNamespace();

    ParameterVariant declareParameter(ParameterVariant parameter, ParameterDescriptor descriptor);

    void addOnSetParametersCallback(ParameterCallback cb);

    Collection<NodeNameInfo> getNodeNames();

    Collection<NameAndTypes> getTopicNamesAndTypes();

    Collection<NameAndTypes> getServiceNamesAndTypes();

    Collection<EndpointInfo> getPublishersInfo(String topicName);

    Collection<EndpointInfo> getSubscriptionsInfo(String topicName);
}
