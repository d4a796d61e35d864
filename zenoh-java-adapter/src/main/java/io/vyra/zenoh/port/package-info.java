/**
 * What a program needs of Zenoh, whichever library does it: publish, subscribe, ask, answer, and be known to be alive.
 *
 * <p>The port and its implementation over {@code protocol-zenoh} live here, the one over zenoh-java in {@code src/zenoh-java}. Key expressions,
 * encodings and bytes are those of {@code protocol-zenoh}, as values without a connection.
 */
package io.vyra.zenoh.port;
