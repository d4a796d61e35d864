/** Measurements of the core, assembled in this JVM without a web server, and the modules they use. */
package io.vyra.modulemanager.benchmark.core;
