package io.vyra.zenoh.session;

import io.vyra.zenoh.message.CongestionControl;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.Priority;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.Timestamp;
import io.vyra.zenoh.wire.Bytes;

/**
 * How something is published.
 *
 * @param encoding what the payload is
 * @param qualityOfService how it travels
 * @param reliable whether on the reliable channel; on the other one, messages that arrive late count as lost
 * @param destination whom it reaches
 * @param attachment what is sent along, or null
 * @param timestamp when it was first seen, or null to leave that to the router
 */
public record PublishOptions(
        Encoding encoding,
        QualityOfService qualityOfService,
        boolean reliable,
        Locality destination,
        Bytes attachment,
        Timestamp timestamp) {
    /** Bytes of any kind, data priority, dropped when the way is full, to everybody. */
    public static final PublishOptions DEFAULT =
            new PublishOptions(Encoding.BYTES, QualityOfService.DEFAULT, true, Locality.ANY, null, null);

    public PublishOptions withEncoding(Encoding newEncoding) {
        return new PublishOptions(newEncoding, qualityOfService, reliable, destination, attachment, timestamp);
    }

    public PublishOptions withQualityOfService(Priority priority, CongestionControl control, boolean express) {
        return new PublishOptions(
                encoding,
                QualityOfService.of(priority, control, express),
                reliable,
                destination,
                attachment,
                timestamp);
    }

    /** When the way is full, the caller waits instead of the message being dropped. */
    public PublishOptions blocking() {
        return withQualityOfService(qualityOfService.priority(), CongestionControl.BLOCK, qualityOfService.express());
    }

    public PublishOptions bestEffort() {
        return new PublishOptions(encoding, qualityOfService, false, destination, attachment, timestamp);
    }

    public PublishOptions withDestination(Locality newDestination) {
        return new PublishOptions(encoding, qualityOfService, reliable, newDestination, attachment, timestamp);
    }

    public PublishOptions withAttachment(Bytes newAttachment) {
        return new PublishOptions(encoding, qualityOfService, reliable, destination, newAttachment, timestamp);
    }

    public PublishOptions withTimestamp(Timestamp newTimestamp) {
        return new PublishOptions(encoding, qualityOfService, reliable, destination, attachment, newTimestamp);
    }
}
