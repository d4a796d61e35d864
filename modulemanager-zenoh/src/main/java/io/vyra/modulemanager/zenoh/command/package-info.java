/**
 * The REST contract on the bus: its reading side and its commands as queryables under {@code {id}/api/…}, over the same {@link
 * io.vyra.modulemanager.ModuleManager} and with the same problems.
 *
 * <p>Who asks is known by the face, never by what the message says.
 */
package io.vyra.modulemanager.zenoh.command;
