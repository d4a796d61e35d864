/**
 * Writers and readers with their histories: what is sent again, what is asked for again, and in which order it is handed on (DDSI-RTPS 2.5
 * §8.4). Nothing here is thread-safe: the participant's lock guards all of it.
 *
 * <p>Who is matched with whom lives in {@code participant}.
 */
package io.vyra.ros2.rtps.endpoint;
