/**
 * Bytes as Zenoh writes them: variable-length integers, strings, byte strings and the length prefix of a batch.
 *
 * <p>What the bytes mean lives in {@code message}; how they travel lives in {@code link} and {@code transport}.
 */
package io.vyra.zenoh.wire;
