package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;
import java.time.Duration;

/**
 * What this side brings to a transport.
 *
 * @param node who this is
 * @param role what this is
 * @param batchSize the largest batch in bytes, 512 to 65,535; the smaller of both sides' holds
 * @param lease after how long a silent peer is taken for dead; this one promises a sign of life four times as often
 * @param largestMessage the largest message in bytes that is sent, or put together from fragments
 * @param queuedBatches how many full batches may wait for each priority, at least 1
 * @param handshakeTimeout how long the handshake may take
 * @param dropWait how long a message that may be dropped waits for room all the same
 */
public record TransportSettings(
        ZenohId node,
        WhatAmI role,
        int batchSize,
        Duration lease,
        int largestMessage,
        int queuedBatches,
        Duration handshakeTimeout,
        Duration dropWait) {
    public TransportSettings {
        if (batchSize < 512 || batchSize > 0xffff) {
            throw new IllegalArgumentException("The batch size is 512 to 65535 bytes, not " + batchSize);
        }
        if (lease.toMillis() < 4) {
            throw new IllegalArgumentException("The lease is at least 4 ms, not " + lease);
        }
        if (largestMessage < batchSize) {
            throw new IllegalArgumentException(
                    "The largest message is at least a batch of " + batchSize + " bytes, not " + largestMessage);
        }
        if (queuedBatches < 1) {
            throw new IllegalArgumentException("At least 1 batch must be able to wait, not " + queuedBatches);
        }
    }

    /** The usual: 65,535 bytes a batch, 10 s of lease, 64 MiB a message, 16 batches, 10 s for the handshake, 1 ms of waiting. */
    public static TransportSettings of(ZenohId node, WhatAmI role) {
        return new TransportSettings(
                node, role, 0xffff, Duration.ofSeconds(10), 64 << 20, 16, Duration.ofSeconds(10), Duration.ofMillis(1));
    }

    /** These, with another lease. */
    public TransportSettings withLease(Duration newLease) {
        return new TransportSettings(
                node, role, batchSize, newLease, largestMessage, queuedBatches, handshakeTimeout, dropWait);
    }

    /** These, with other sizes. */
    public TransportSettings withSizes(int newBatchSize, int newLargestMessage, int newQueuedBatches) {
        return new TransportSettings(
                node, role, newBatchSize, lease, newLargestMessage, newQueuedBatches, handshakeTimeout, dropWait);
    }

    /** These, with another time for the handshake. */
    public TransportSettings withHandshakeTimeout(Duration newTimeout) {
        return new TransportSettings(node, role, batchSize, lease, largestMessage, queuedBatches, newTimeout, dropWait);
    }

    /** These, with another wait of what may be dropped. */
    public TransportSettings withDropWait(Duration newWait) {
        return new TransportSettings(
                node, role, batchSize, lease, largestMessage, queuedBatches, handshakeTimeout, newWait);
    }

    /** These, in another role. */
    public TransportSettings withRole(WhatAmI newRole) {
        return new TransportSettings(
                node, newRole, batchSize, lease, largestMessage, queuedBatches, handshakeTimeout, dropWait);
    }
}
