/**
 * What running modules are asked and what they tell, whatever carries it.
 *
 * <p>{@link io.vyra.modulemanager.bus.ModuleBus} is the port; a face on Zenoh or ROS 2 implements it.
 */
package io.vyra.modulemanager.bus;
