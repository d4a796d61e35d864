/**
 * Modules that are nodes of ROS 2: whether they are in the graph, their lifecycles, what they log and diagnose. Which nodes a module has, its
 * probe of kind {@code ros2} says.
 */
package io.vyra.modulemanager.ros2.robot;
