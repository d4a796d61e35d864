/**
 * What participants and endpoints tell about themselves (SPDP and SEDP, DDSI-RTPS 2.5 §8.5 and §9.6.2), as values and as parameter lists.
 *
 * <p>Who is told what, and when, lives in {@code participant}.
 */
package io.vyra.ros2.rtps.discovery;
