package io.vyra.zenoh.router;

import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.transport.TransportEnd;
import io.vyra.zenoh.transport.TransportHandler;

/** Takes nothing of a peer that is about to be told that it may not stay. */
final class Unwelcome implements TransportHandler {
    @Override
    public void push(PushCursor push) {}

    @Override
    public void message(NetworkMessage message) {}

    @Override
    public void closed(TransportEnd end) {}
}
