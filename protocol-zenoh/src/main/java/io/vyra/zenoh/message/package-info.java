/**
 * Every message of protocol 0x09 as a value, and the codec between these values and bytes.
 *
 * <p>Source of all formats: the crates zenoh-protocol and zenoh-codec 1.x. What a node does when a message arrives lives in
 * {@code transport} and {@code session}.
 */
package io.vyra.zenoh.message;
