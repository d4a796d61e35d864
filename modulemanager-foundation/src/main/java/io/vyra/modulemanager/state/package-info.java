/**
 * The embedded database: schema versions, one writer, backup and restore, and the reserve that keeps a full disk from
 * stopping a stop.
 *
 * <p>Which tables mean what is known to the feature packages that own them; this package only runs their transactions.
 */
package io.vyra.modulemanager.state;
