/**
 * The port through which modules are started, adopted, signalled and limited, and the process runtime behind it.
 *
 * <p>Evidence of an exit comes from here; what to do about it is decided in {@code supervision}.
 */
package io.vyra.modulemanager.runtime;
