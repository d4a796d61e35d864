/** Probes of kind {@code zenoh}: whether a module answers, stands by its token, or was heard of lately. */
package io.vyra.modulemanager.zenoh.probe;
