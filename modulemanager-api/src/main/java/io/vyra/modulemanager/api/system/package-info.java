/** The manager itself as a resource: its figures, a bundle for bug reports, a copy of its state. */
package io.vyra.modulemanager.api.system;
