/** The manager's own metrics, beside those of the JVM and the HTTP server. */
package io.vyra.modulemanager.api.metrics;
