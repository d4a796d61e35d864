package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Answer;
import io.vyra.zenoh.message.EntityId;
import java.util.OptionalInt;

/** Where the answers to a query go: to the peer, or to this session. */
interface AnswerSink {
    /** Hands an answer on; whether it was taken. */
    boolean answer(KeyExpression key, Answer answer, EntityId responder);

    /** Under which number the peer asked, or nothing when this session did. */
    OptionalInt requestNumber();

    /** One queryable has no more to say. Called once by each that got the query. */
    void done();
}
