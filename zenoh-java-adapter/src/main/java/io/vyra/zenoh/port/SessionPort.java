package io.vyra.zenoh.port;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.session.IncomingQuery;
import io.vyra.zenoh.session.Locality;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.QueryOptions;
import io.vyra.zenoh.session.Replies;
import io.vyra.zenoh.session.Reply;
import io.vyra.zenoh.session.Selector;
import io.vyra.zenoh.session.SessionListener;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The port over {@code protocol-zenoh}: pure Java, on any processor. */
public final class SessionPort implements ZenohPort {
    private final ZenohSession session;
    private final Declarations declarations = new Declarations();

    private SessionPort(ZenohSession session) {
        this.session = session;
    }

    /**
     * Connects.
     *
     * @param patience how long to try
     * @param failures hears what callbacks throw
     * @throws IOException when no router was reached in time
     */
    public static ZenohPort open(SessionSettings settings, Duration patience, Consumer<? super Throwable> failures)
            throws IOException, InterruptedException {
        ZenohSession session = ZenohSession.start(settings, new SessionListener() {
            @Override
            public void callbackFailed(String key, Throwable cause) {
                failures.accept(cause);
            }
        });
        if (!session.awaitConnection(patience)) {
            session.close();
            throw new IOException("No Zenoh router was reached at " + settings.endpoints() + " within " + patience);
        }
        return new SessionPort(session);
    }

    @Override
    public void put(KeyExpression key, Content content) {
        declarations.requireOpen();
        session.put(key, content.payload(), options(content));
    }

    @Override
    public void delete(KeyExpression key) {
        declarations.requireOpen();
        session.delete(key, PublishOptions.DEFAULT);
    }

    @Override
    public Declaration subscribe(KeyExpression key, Consumer<? super Sample> callback) {
        declarations.requireOpen();
        return declarations.keep(
                session.declareSubscriber(key, Locality.ANY, sample -> callback.accept(translated(sample)))::close);
    }

    @Override
    public List<Answer> get(Selector selector, Content contentOrNull, Duration timeout) throws InterruptedException {
        declarations.requireOpen();
        QueryOptions options = QueryOptions.DEFAULT.withTimeout(timeout);
        if (contentOrNull != null) {
            options = options.withPayload(contentOrNull.payload(), contentOrNull.encoding())
                    .withAttachment(contentOrNull.attachmentOrNull());
        }
        try (Replies replies = session.get(selector, options)) {
            return replies.all().stream().flatMap(SessionPort::translated).toList();
        }
    }

    @Override
    public Declaration answer(KeyExpression key, Function<? super Query, ? extends Answer> answering) {
        declarations.requireOpen();
        return declarations.keep(
                session.declareQueryable(key, false, Locality.ANY, query -> answer(query, answering))::close);
    }

    private static void answer(IncomingQuery query, Function<? super Query, ? extends Answer> answering) {
        Content content = new Content(
                query.payload().orElse(Bytes.EMPTY),
                query.encoding(),
                query.attachment().orElse(null));
        switch (answering.apply(new Query(query.selector(), content))) {
            case Answer.Value value -> query.reply(value.key(), value.content().payload(), options(value.content()));
            case Answer.Refusal refusal ->
                query.replyError(refusal.content().payload(), refusal.content().encoding());
        }
    }

    @Override
    public Declaration declareToken(KeyExpression key) {
        declarations.requireOpen();
        return declarations.keep(session.declareToken(key)::close);
    }

    @Override
    public Set<KeyExpression> tokens(KeyExpression key, Duration timeout) throws IOException, InterruptedException {
        declarations.requireOpen();
        try {
            return session.livelinessGet(key, timeout);
        } catch (TimeoutException e) {
            throw new IOException("The router did not say within " + timeout + " which tokens of " + key + " stand", e);
        }
    }

    @Override
    public void close() {
        if (declarations.close()) {
            session.close();
        }
    }

    private static PublishOptions options(Content content) {
        return PublishOptions.DEFAULT.withEncoding(content.encoding()).withAttachment(content.attachmentOrNull());
    }

    /** Nothing for a reply that says there is no value any more. */
    private static Stream<Answer> translated(Reply reply) {
        return switch (reply) {
            case Reply.Success success -> {
                Sample sample = translated(success.sample());
                yield sample.isDeleted() ? Stream.empty() : Stream.of(new Answer.Value(sample.key(), sample.content()));
            }
            case Reply.Failure failure ->
                Stream.of(new Answer.Refusal(new Content(failure.payload(), failure.encoding(), null)));
        };
    }

    private static Sample translated(io.vyra.zenoh.session.Sample sample) {
        return new Sample(
                sample.key(),
                sample.kind() == io.vyra.zenoh.session.Sample.Kind.DELETE,
                new Content(
                        sample.payload(), sample.encoding(), sample.attachment().orElse(null)));
    }
}
