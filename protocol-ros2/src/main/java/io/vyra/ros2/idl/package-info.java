/**
 * Interface definitions: {@code .msg}, {@code .srv} and {@code .action} files as values, where they are found, and their RIHS01 hashes.
 *
 * <p>Source of the grammar: the ROS 2 interface definition page and rosidl_adapter; of the hashes: REP-2011 and REP-2016. How values are
 * written as bytes lives in {@code cdr}. Start at {@link io.vyra.ros2.idl.TypeRegistry}.
 */
package io.vyra.ros2.idl;
