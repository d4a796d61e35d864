package io.vyra.ros2.rtps.message;

/** A sample in the whole domain: its writer and its sequence number. */
public record SampleIdentity(Guid writer, long sequence) {}
