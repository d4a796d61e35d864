package org.ros2.rcljava.graph;

public class NodeNameInfo {
    public String name;
    public String namespace;
    public String enclave;

    public NodeNameInfo(String name, String namespace, String enclave) {
        this.name = name;
        this.namespace = namespace;
        this.enclave = enclave;
    }
}
