/** A container engine for a measurement alone. */
package io.vyra.modulemanager.benchmark.engine;
