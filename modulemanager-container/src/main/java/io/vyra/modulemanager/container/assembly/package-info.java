/** Wiring and configuration of the adapter. */
package io.vyra.modulemanager.container.assembly;
