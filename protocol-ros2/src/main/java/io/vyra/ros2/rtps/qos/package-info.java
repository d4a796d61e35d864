/**
 * Quality of service: what a writer offers, what a reader asks for, and whether that fits (DDS 1.4 §2.2.3).
 *
 * <p>How it is announced lives in {@code discovery}.
 */
package io.vyra.ros2.rtps.qos;
