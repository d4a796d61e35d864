package io.vyra.zenoh.port.reference;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.port.Answer;
import io.vyra.zenoh.port.Content;
import io.vyra.zenoh.port.Query;
import io.vyra.zenoh.port.Sample;
import io.vyra.zenoh.session.Selector;
import io.vyra.zenoh.wire.Bytes;
import io.zenoh.bytes.ZBytes;
import io.zenoh.exceptions.ZError;
import io.zenoh.keyexpr.KeyExpr;
import io.zenoh.pubsub.PutOptions;
import io.zenoh.query.GetOptions;
import io.zenoh.query.Reply;
import io.zenoh.query.ReplyErrOptions;
import io.zenoh.query.ReplyOptions;
import io.zenoh.sample.SampleKind;
import java.time.Duration;
import java.util.Optional;

/** The port's values as zenoh-java's, and back. What zenoh-java may leave out is null there. */
final class Foreign {
    private static final Content TIMED_OUT = new Content(Bytes.of("Timeout"), Encoding.STRING, null);

    private Foreign() {}

    static KeyExpr key(KeyExpression key) throws ZError {
        return KeyExpr.tryFrom(key.toString());
    }

    static io.zenoh.query.Selector selector(Selector selector) throws ZError {
        return io.zenoh.query.Selector.tryFrom(selector.toString());
    }

    static ZBytes bytes(Bytes bytes) {
        return ZBytes.from(bytes.toArray());
    }

    private static io.zenoh.bytes.Encoding encoding(Content content) {
        return io.zenoh.bytes.Encoding.from(content.encoding().toString());
    }

    static PutOptions putOptions(Content content) {
        PutOptions options = new PutOptions();
        options.setEncoding(encoding(content));
        if (content.attachmentOrNull() != null) {
            options.setAttachment(bytes(content.attachmentOrNull()));
        }
        return options;
    }

    static GetOptions getOptions(Content contentOrNull, Duration timeout) {
        GetOptions options = new GetOptions();
        options.setTimeout(timeout);
        if (contentOrNull != null) {
            options.setPayload(bytes(contentOrNull.payload()));
            options.setEncoding(encoding(contentOrNull));
            if (contentOrNull.attachmentOrNull() != null) {
                options.setAttachment(bytes(contentOrNull.attachmentOrNull()));
            }
        }
        return options;
    }

    static ReplyOptions replyOptions(Content content) {
        ReplyOptions options = new ReplyOptions();
        options.setEncoding(encoding(content));
        if (content.attachmentOrNull() != null) {
            options.setAttachment(bytes(content.attachmentOrNull()));
        }
        return options;
    }

    static ReplyErrOptions replyErrOptions(Content content) {
        ReplyErrOptions options = new ReplyErrOptions();
        options.setEncoding(encoding(content));
        return options;
    }

    static Sample sample(io.zenoh.sample.Sample sample) {
        return new Sample(
                KeyExpression.of(sample.getKeyExpr().toString()),
                sample.getKind() == SampleKind.DELETE,
                content(sample.getPayload(), sample.getEncoding(), sample.getAttachment()));
    }

    static Query query(io.zenoh.query.Query query) {
        return new Query(
                Selector.parse(query.getSelector().toString()),
                content(query.getPayload(), query.getEncoding(), query.getAttachment()));
    }

    /**
     * Nothing for a reply that says there is no value any more, that is of a kind not known here, or that nobody sent: zenoh reports that the
     * time is over with an error of its own (zenoh 1.x, {@code api/session.rs}).
     */
    static Optional<Answer> answer(Reply reply) {
        return switch (reply) {
            case Reply.Success success -> {
                Sample sample = sample(success.getSample());
                yield sample.isDeleted()
                        ? Optional.empty()
                        : Optional.of(new Answer.Value(sample.key(), sample.content()));
            }
            case Reply.Error error -> {
                Content content = content(error.getError(), error.getEncoding(), null);
                yield content.equals(TIMED_OUT) ? Optional.empty() : Optional.of(new Answer.Refusal(content));
            }
            default -> Optional.empty();
        };
    }

    private static Content content(
            ZBytes payloadOrNull, io.zenoh.bytes.Encoding encodingOrNull, ZBytes attachmentOrNull) {
        return new Content(
                payloadOrNull == null ? Bytes.EMPTY : Bytes.wrap(payloadOrNull.toBytes()),
                encodingOrNull == null ? Encoding.BYTES : Encoding.of(encodingOrNull.toString()),
                attachmentOrNull == null ? null : Bytes.wrap(attachmentOrNull.toBytes()));
    }
}
