/**
 * Reading and writing of numbers in either byte order, with CDR's alignment.
 *
 * <p>What the bytes mean lives in {@code cdr} and {@code rtps}.
 */
package io.vyra.ros2.wire;
