package io.vyra.zenoh.session;

/**
 * What a session did so far.
 *
 * @param isConnected whether it has a connection now
 * @param connections how often it got one
 * @param sentMessages messages handed over to be sent
 * @param receivedMessages messages that came
 * @param droppedOutgoing messages that were not sent: no room, or no connection
 * @param droppedIncoming samples, replies and queries that callbacks were too slow for
 */
public record SessionCounters(
        boolean isConnected,
        long connections,
        long sentMessages,
        long receivedMessages,
        long droppedOutgoing,
        long droppedIncoming) {}
