/**
 * Listens to what modules say on their feeds, hands it to the core, and asks a module for its state where a message was lost.
 *
 * <p>Nothing here fails because of what a module sends.
 */
package io.vyra.modulemanager.zenoh.watch;
