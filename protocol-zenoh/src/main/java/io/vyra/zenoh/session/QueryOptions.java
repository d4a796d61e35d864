package io.vyra.zenoh.session;

import io.vyra.zenoh.message.Consolidation;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.QueryTarget;
import io.vyra.zenoh.wire.Bytes;
import java.time.Duration;

/**
 * How something is asked.
 *
 * @param timeout how long to wait for answers, or null for the session's
 * @param target who is to answer
 * @param consolidation what becomes of several answers for one key
 * @param payload what is sent along, or null
 * @param encoding what the payload is
 * @param attachment what else is sent along, or null
 * @param qualityOfService how the question travels
 * @param destination whom it reaches
 */
public record QueryOptions(
        Duration timeout,
        QueryTarget target,
        Consolidation consolidation,
        Bytes payload,
        Encoding encoding,
        Bytes attachment,
        QualityOfService qualityOfService,
        Locality destination) {
    /** The best matching queryables, the newest answer of each key, nothing sent along. */
    public static final QueryOptions DEFAULT = new QueryOptions(
            null,
            QueryTarget.BEST_MATCHING,
            Consolidation.AUTO,
            null,
            Encoding.BYTES,
            null,
            QualityOfService.REQUEST,
            Locality.ANY);

    public QueryOptions withTimeout(Duration newTimeout) {
        return new QueryOptions(
                newTimeout, target, consolidation, payload, encoding, attachment, qualityOfService, destination);
    }

    public QueryOptions withTarget(QueryTarget newTarget) {
        return new QueryOptions(
                timeout, newTarget, consolidation, payload, encoding, attachment, qualityOfService, destination);
    }

    public QueryOptions withConsolidation(Consolidation newConsolidation) {
        return new QueryOptions(
                timeout, target, newConsolidation, payload, encoding, attachment, qualityOfService, destination);
    }

    public QueryOptions withPayload(Bytes newPayload, Encoding newEncoding) {
        return new QueryOptions(
                timeout, target, consolidation, newPayload, newEncoding, attachment, qualityOfService, destination);
    }

    public QueryOptions withAttachment(Bytes newAttachment) {
        return new QueryOptions(
                timeout, target, consolidation, payload, encoding, newAttachment, qualityOfService, destination);
    }

    public QueryOptions withQualityOfService(QualityOfService newQuality) {
        return new QueryOptions(timeout, target, consolidation, payload, encoding, attachment, newQuality, destination);
    }

    public QueryOptions withDestination(Locality newDestination) {
        return new QueryOptions(
                timeout, target, consolidation, payload, encoding, attachment, qualityOfService, newDestination);
    }
}
