/**
 * What running modules are asked and what they tell, whatever carries it.
 *
 * <p>{@link io.vyra.modulemanager.bus.ModuleBus} and {@link io.vyra.modulemanager.bus.BusStatus} are the ports; a face
 * on Zenoh or ROS 2 implements them and feeds {@link io.vyra.modulemanager.bus.ModuleReports}. A distribution without such a face has no
 * bus, and all else works.
 */
package io.vyra.modulemanager.bus;
