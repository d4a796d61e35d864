package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.Bytes;

/** What nodes tell each other over a transport. Timestamps may be null; a node number is 0 unless routers exchange it. */
public sealed interface NetworkMessage {
    QualityOfService qualityOfService();

    /** A publication. */
    record Push(WireExpression key, QualityOfService qualityOfService, Timestamp timestamp, int node, Datum datum)
            implements NetworkMessage {}

    /**
     * A query.
     *
     * @param number of the request, 32 bits unsigned, chosen by whoever asks
     * @param budget how many replies may come, 0 for any number
     * @param timeoutMillis how long the asker waits, 0 for not known
     */
    record Request(
            int number,
            WireExpression key,
            QualityOfService qualityOfService,
            Timestamp timestamp,
            int node,
            QueryTarget target,
            int budget,
            long timeoutMillis,
            Query query)
            implements NetworkMessage {}

    /**
     * One answer to a request.
     *
     * @param responder who answers, or null
     */
    record Response(
            int number,
            WireExpression key,
            QualityOfService qualityOfService,
            Timestamp timestamp,
            EntityId responder,
            Answer answer)
            implements NetworkMessage {}

    /** No more answers follow. */
    record ResponseFinal(int number, QualityOfService qualityOfService, Timestamp timestamp)
            implements NetworkMessage {}

    /**
     * What declarations this side wants to hear of, from now on, or no longer.
     *
     * @param subject what about; ignored for {@link InterestMode#FINAL}
     * @param key to which key expression it is restricted, or null
     */
    record Interest(
            int number,
            InterestMode mode,
            InterestSubject subject,
            WireExpression key,
            QualityOfService qualityOfService,
            Timestamp timestamp,
            int node)
            implements NetworkMessage {}

    /**
     * A declaration.
     *
     * @param interest the number of the interest that it answers, or null
     */
    record Declare(
            Integer interest, QualityOfService qualityOfService, Timestamp timestamp, int node, Declaration declaration)
            implements NetworkMessage {
        /** A declaration of one's own accord. */
        public static Declare of(Declaration declaration) {
            return new Declare(null, QualityOfService.DECLARATION, null, 0, declaration);
        }

        /** A declaration that answers an interest. */
        public static Declare answering(int interest, Declaration declaration) {
            return new Declare(interest, QualityOfService.DECLARATION, null, 0, declaration);
        }
    }

    /**
     * What routers tell each other about the network. Clients ignore it.
     *
     * @param number what it is about, 16 bits
     * @param body nothing but its bytes
     */
    record Maintenance(int number, QualityOfService qualityOfService, Timestamp timestamp, Bytes body)
            implements NetworkMessage {}
}
