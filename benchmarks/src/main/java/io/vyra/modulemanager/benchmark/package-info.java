/**
 * Measures what the manager promises and what it is compared with.
 *
 * <p>The command and the contract of a benchmark live here; what is measured lives in {@code core} (the core in this JVM),
 * {@code service} (the packaged service, over its REST face), {@code image} (the container images), {@code peer} (other process managers) and {@code zenoh} (the Zenoh library
 * and its reference implementation); figures and their files in {@code result}. No product code depends on anything here.
 */
package io.vyra.modulemanager.benchmark;
