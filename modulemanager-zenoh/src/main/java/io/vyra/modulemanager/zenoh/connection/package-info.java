/**
 * The manager's connection to the bus: as the router of its robot, or as a client of one, and what is configured of it.
 *
 * <p>What is said over it lives in the packages beside this one, each of them a {@link
 * io.vyra.modulemanager.zenoh.connection.BusPart}.
 */
package io.vyra.modulemanager.zenoh.connection;
