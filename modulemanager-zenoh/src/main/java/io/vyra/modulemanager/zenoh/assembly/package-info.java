/** Builds the face of the configuration and the core's parts, starts it before the modules, and ends it after them. */
package io.vyra.modulemanager.zenoh.assembly;
