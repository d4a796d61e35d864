package io.vyra.ros2.rtps.participant;

/**
 * What a participant has seen since it was opened.
 *
 * @param packets that came
 * @param malformed packets that were not RTPS, or broken
 * @param unsent packets that the system did not take
 * @param refused participants and endpoints beyond the settings' limits
 * @param failures errors of this library in what was due; the log has one of each kind
 */
public record ParticipantCounters(long packets, long malformed, long unsent, long refused, long failures) {}
