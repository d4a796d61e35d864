package io.vyra.ros2.rtps.endpoint;

/** What endpoints need of their participant. */
public interface Environment {
    Outbox outbox();

    BufferPool pool();

    /** For samples that come. */
    ReceivedSample.Spare samples();

    /** In nanoseconds, from any start. */
    long now();

    /** Asks to be run at that time at the latest. */
    void wakeAt(long time);
}
