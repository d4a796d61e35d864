/**
 * The manager as a node: its services, actions, topics and parameters, of the package {@code vyra_modulemanager_interfaces}. They ask the
 * same application service as REST and tell failures of the same catalogue.
 */
package io.vyra.modulemanager.ros2.node;
