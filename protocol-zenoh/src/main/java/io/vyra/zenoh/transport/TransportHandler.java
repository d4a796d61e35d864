package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.PushCursor;

/**
 * What is done with what a peer sends. All but {@link #closed} is called by the one thread that reads the link: whoever waits there holds
 * the peer up. Either may throw a {@link io.vyra.zenoh.wire.MalformedMessageException}, which ends this transport as bytes that are not
 * valid do.
 */
public interface TransportHandler {
    /**
     * A publication.
     *
     * @param push valid during this call
     */
    void push(PushCursor push);

    /** Any other message. */
    void message(NetworkMessage message);

    /**
     * All that had come was handed over, and the next message may take a while. Whoever is to be woken for many messages is woken once here.
     */
    default void caughtUp() {}

    /** The transport ended. Called once, and last. */
    void closed(TransportEnd end);
}
