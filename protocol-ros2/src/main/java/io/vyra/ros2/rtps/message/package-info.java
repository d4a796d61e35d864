/**
 * Every submessage of DDSI-RTPS 2.5 as a value, and the codec between these values and packets.
 *
 * <p>What a participant does when a submessage arrives lives in {@code endpoint} and {@code participant}.
 */
package io.vyra.ros2.rtps.message;
