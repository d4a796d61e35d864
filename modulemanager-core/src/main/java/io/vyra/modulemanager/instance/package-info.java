/**
 * The durable record of what is installed: desired state, versions, launches, transitions and exits.
 *
 * <p>The database is the authority, {@code store} follows it. What a module is doing right now is known to {@code supervision}.
 */
package io.vyra.modulemanager.instance;
