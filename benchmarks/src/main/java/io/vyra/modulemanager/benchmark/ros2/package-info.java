/**
 * This project's ROS 2 protocol beside Cyclone DDS and Fast DDS, in processes of their own that are given the same commands.
 *
 * <p>What one of this project's processes does is in {@link io.vyra.modulemanager.benchmark.ros2.OwnSide}; the others are the peers of
 * protocol-ros2's tests. All are driven by {@link io.vyra.modulemanager.benchmark.ros2.Side}.
 */
package io.vyra.modulemanager.benchmark.ros2;
