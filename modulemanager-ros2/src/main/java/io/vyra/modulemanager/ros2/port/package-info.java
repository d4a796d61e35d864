/**
 * What the bridge needs of ROS 2, whichever library does it: a node with topics, services, actions and parameters, and a look at the graph.
 *
 * <p>Names, qualities of service, interfaces and messages are those of {@code protocol-ros2}, as values without a connection. Who implements the
 * port is the business of the package {@code provider}; the rest of the bridge knows the port alone.
 */
package io.vyra.modulemanager.ros2.port;
