/**
 * What programs use of RTPS: a participant with writers and readers, that finds others and matches with them.
 *
 * <p>Start at {@link io.vyra.ros2.rtps.participant.Participant}. What topics and types mean in ROS 2 lives in {@code graph}.
 */
package io.vyra.ros2.rtps.participant;
