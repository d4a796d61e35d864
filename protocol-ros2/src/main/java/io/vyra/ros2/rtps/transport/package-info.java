/**
 * UDP: which addresses and ports a participant has, and the sockets (DDSI-RTPS 2.5 §9.6.1).
 *
 * <p>What is in the packets lives in {@code message}.
 */
package io.vyra.ros2.rtps.transport;
