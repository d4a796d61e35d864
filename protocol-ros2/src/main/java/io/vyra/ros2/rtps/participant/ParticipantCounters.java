package io.vyra.ros2.rtps.participant;

/**
 * What a participant has seen since it was opened.
 *
 * @param packets that came
 * @param malformed packets that were not RTPS, or broken
 * @param unsent packets that the system did not take
 * @param refused participants and endpoints beyond the settings' limits, and participants that cannot be reached where they say
 * @param untold events that listeners were not told one by one, because one of them was slow
 * @param errors packets and due work at which this library itself failed; always 0 unless it has a fault
 */
public record ParticipantCounters(long packets, long malformed, long unsent, long refused, long untold, long errors) {}
