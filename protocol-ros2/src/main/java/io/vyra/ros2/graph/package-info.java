/**
 * ROS 2 on DDS: nodes, topics, services, parameters and the graph, with the names and conventions of rmw_fastrtps and rmw_cyclonedds.
 *
 * <p>Start at {@link io.vyra.ros2.graph.RosContext}. Values are maps, as {@link io.vyra.ros2.idl.Values} has them.
 */
package io.vyra.ros2.graph;
