/**
 * Who implements the port: {@code rtps}, the library {@code protocol-ros2}, or {@code rcljava}, a ROS 2 that is installed beside the manager.
 *
 * <p>Here is what chooses one, what makes sure that rcljava can be used before any of it runs, and the port over {@code protocol-ros2}. The
 * port over rcljava lives in {@code src/rcljava}.
 */
package io.vyra.modulemanager.ros2.provider;
