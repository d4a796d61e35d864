/**
 * The manager's face on ROS 2: a node by which it is asked, commanded and watched, and the way for other faces into the graph. It speaks
 * DDS itself (protocol-ros2): neither ROS nor a native library is needed, unless somebody wants it to use those.
 *
 * <p>What modules are and what may happen to them is the core's business; how JSON reaches REST clients is the API's.
 */
package io.vyra.modulemanager.ros2;
