/**
 * Key expressions: their canonical form, and whether two of them have keys in common or one has all the other has.
 *
 * <p>Rules: zenoh-keyexpr 1.x and the RFC on key expressions. What is known under a key lives elsewhere.
 */
package io.vyra.zenoh.keyexpr;
