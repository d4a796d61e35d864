package org.ros2.rcljava.graph;

import org.ros2.rcljava.qos.QoSProfile;

public class EndpointInfo {
    public String nodeName;
    public String nodeNamespace;
    public String topicType;
    public QoSProfile qos;
}
