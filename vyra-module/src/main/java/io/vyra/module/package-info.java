/**
 * A Java program as a VYRA module on Zenoh: its functions, parameters, actions, feeds and the three layers of its state.
 *
 * <p>{@link io.vyra.module.VyraModule} is where to begin. The package needs {@code protocol-zenoh} and the JDK, and speaks to whatever
 * manages modules by messages only.
 */
package io.vyra.module;
