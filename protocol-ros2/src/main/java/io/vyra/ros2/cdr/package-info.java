/**
 * Values as bytes and as JSON: CDR in its first version (XCDR1, PLAIN_CDR) in both byte orders, driven by the definitions of {@code idl}.
 *
 * <p>Sources: DDS-XTypes 1.3 §7.4, DDSI-RTPS 2.5 §10. Which values stand for which types says {@link io.vyra.ros2.idl.Values}. Start at
 * {@link io.vyra.ros2.cdr.MessageTypes}.
 */
package io.vyra.ros2.cdr;
