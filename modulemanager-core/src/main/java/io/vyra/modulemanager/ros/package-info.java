/**
 * The port through which other faces reach the graph of ROS 2: what is there, what topics carry, calls of services. What speaks ROS 2
 * lives in a face of its own, which only the full distribution has.
 */
package io.vyra.modulemanager.ros;
