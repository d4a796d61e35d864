/** Asks modules for their functions. */
package io.vyra.modulemanager.zenoh.bus;
