/**
 * A transport: two nodes that shook hands over a link and exchange network messages, batched, in order, by priority, with bounded memory.
 *
 * <p>Both roles live here, whoever connects and whoever accepts. What the messages do lives in {@code session}.
 */
package io.vyra.zenoh.transport;
