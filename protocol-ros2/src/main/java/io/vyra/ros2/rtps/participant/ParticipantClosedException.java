package io.vyra.ros2.rtps.participant;

/** The participant has left the domain: nothing is written, read or made any more. */
public final class ParticipantClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ParticipantClosedException() {
        super("The participant has been closed");
    }
}
