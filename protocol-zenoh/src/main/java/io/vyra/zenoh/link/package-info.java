/**
 * Connections that carry bytes: TCP, and TLS over it, with or without a certificate of the client's.
 *
 * <p>What the bytes are lives in {@code transport}.
 */
package io.vyra.zenoh.link;
