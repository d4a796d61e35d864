/**
 * The manager's face on Zenoh: modules of the robot are watched and asked over it, and the manager answers on it as the VYRA module that
 * it is.
 *
 * <p>Only translation lives here: what may happen to a module is the core's, the wire is {@code io.vyra.zenoh}'s. Everything that
 * comes from the bus is hostile until it was read here.
 */
package io.vyra.modulemanager.zenoh;
