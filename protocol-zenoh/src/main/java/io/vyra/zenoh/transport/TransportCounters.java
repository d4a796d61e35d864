package io.vyra.zenoh.transport;

/**
 * What went over a transport so far.
 *
 * @param sentMessages network messages handed to the link's queue
 * @param sentBytes bytes written to the link
 * @param droppedMessages messages that were left out because the way was full
 * @param receivedMessages network messages
 * @param receivedBytes bytes of batches
 * @param incompleteMessages messages in fragments that were given up, and frames that came twice or too late
 */
public record TransportCounters(
        long sentMessages,
        long sentBytes,
        long droppedMessages,
        long receivedMessages,
        long receivedBytes,
        long incompleteMessages) {}
