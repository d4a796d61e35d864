package io.vyra.zenoh.port.reference;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.port.Answer;
import io.vyra.zenoh.port.Content;
import io.vyra.zenoh.port.Declaration;
import io.vyra.zenoh.port.Declarations;
import io.vyra.zenoh.port.Query;
import io.vyra.zenoh.port.Sample;
import io.vyra.zenoh.port.ZenohPort;
import io.vyra.zenoh.session.Selector;
import io.zenoh.Config;
import io.zenoh.Session;
import io.zenoh.Zenoh;
import io.zenoh.exceptions.ZError;
import io.zenoh.handlers.Callback;
import io.zenoh.query.GetOptions;
import io.zenoh.query.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The port over zenoh-java 1.x, which has native code for x86_64 and aarch64. A query is answered on a virtual thread, because zenoh-java calls
 * back on a thread that its runtime needs for other work.
 */
public final class ZenohJavaPort implements ZenohPort {
    private final Session session;
    private final Consumer<? super Throwable> failures;
    private final Declarations declarations = new Declarations();

    private ZenohJavaPort(Session session, Consumer<? super Throwable> failures) {
        this.session = session;
        this.failures = failures;
    }

    /**
     * Connects as a client.
     *
     * @param failures hears what callbacks throw
     * @throws IOException when the router is not reached within zenoh-java's own time
     */
    public static ZenohPort open(Endpoint router, Consumer<? super Throwable> failures) throws IOException {
        String settings = """
                { mode: "client", connect: { endpoints: ["%s"] }, scouting: { multicast: { enabled: false } } }""".formatted(router);
        try {
            return new ZenohJavaPort(Zenoh.open(Config.fromJson5(settings)), failures);
        } catch (ZError e) {
            throw new IOException("zenoh-java did not reach the router at " + router + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void put(KeyExpression key, Content content) throws IOException {
        declarations.requireOpen();
        try {
            session.put(Foreign.key(key), Foreign.bytes(content.payload()), Foreign.putOptions(content));
        } catch (ZError e) {
            throw refused("to publish " + key, e);
        }
    }

    @Override
    public void delete(KeyExpression key) throws IOException {
        declarations.requireOpen();
        try {
            session.delete(Foreign.key(key));
        } catch (ZError e) {
            throw refused("to delete " + key, e);
        }
    }

    @Override
    public Declaration subscribe(KeyExpression key, Consumer<? super Sample> callback) throws IOException {
        declarations.requireOpen();
        Callback<io.zenoh.sample.Sample> receive = sample -> guard(() -> callback.accept(Foreign.sample(sample)));
        try {
            return declarations.keep(session.declareSubscriber(Foreign.key(key), receive)::close);
        } catch (ZError e) {
            throw refused("to subscribe to " + key, e);
        }
    }

    @Override
    public List<Answer> get(Selector selector, Content contentOrNull, Duration timeout)
            throws IOException, InterruptedException {
        declarations.requireOpen();
        GetOptions options = Foreign.getOptions(contentOrNull, timeout);
        List<Answer> answers = new ArrayList<>();
        try {
            for (Reply reply : all(session.get(Foreign.selector(selector), options))) {
                Foreign.answer(reply).ifPresent(answers::add);
            }
        } catch (ZError e) {
            throw refused("to ask for " + selector, e);
        }
        return List.copyOf(answers);
    }

    /** Until the empty element that zenoh-java puts behind the last one. */
    private static List<Reply> all(BlockingQueue<Optional<Reply>> queue) throws InterruptedException {
        List<Reply> all = new ArrayList<>();
        for (Optional<Reply> next = queue.take(); next.isPresent(); next = queue.take()) {
            all.add(next.get());
        }
        return all;
    }

    @Override
    public Declaration answer(KeyExpression key, Function<? super Query, ? extends Answer> answering)
            throws IOException {
        declarations.requireOpen();
        Callback<io.zenoh.query.Query> receive =
                query -> Thread.ofVirtual().name("zenoh-query").start(() -> answer(query, answering));
        try {
            return declarations.keep(session.declareQueryable(Foreign.key(key), receive)::close);
        } catch (ZError e) {
            throw refused("to answer for " + key, e);
        }
    }

    /** Closing the query is what tells the asker that no answer follows. */
    private void answer(io.zenoh.query.Query query, Function<? super Query, ? extends Answer> answering) {
        try (query) {
            switch (answering.apply(Foreign.query(query))) {
                case Answer.Value value ->
                    query.reply(
                            Foreign.key(value.key()),
                            Foreign.bytes(value.content().payload()),
                            Foreign.replyOptions(value.content()));
                case Answer.Refusal refusal ->
                    query.replyErr(
                            Foreign.bytes(refusal.content().payload()), Foreign.replyErrOptions(refusal.content()));
            }
        } catch (Throwable e) { // The edge of this thread: whoever opened the port is told.
            failures.accept(e);
        }
    }

    @Override
    public Declaration declareToken(KeyExpression key) throws IOException {
        declarations.requireOpen();
        try {
            return declarations.keep(session.liveliness().declareToken(Foreign.key(key))::close);
        } catch (ZError e) {
            throw refused("to declare the token " + key, e);
        }
    }

    @Override
    public Set<KeyExpression> tokens(KeyExpression key, Duration timeout) throws IOException, InterruptedException {
        declarations.requireOpen();
        Set<KeyExpression> tokens = new HashSet<>();
        try {
            for (Reply reply : all(session.liveliness().get(Foreign.key(key), timeout))) {
                switch (reply) {
                    case Reply.Success success ->
                        tokens.add(Foreign.sample(success.getSample()).key());
                    // zenoh-java tells a timeout in this way.
                    default -> throw new IOException("The router did not say which tokens of " + key + " stand");
                }
            }
        } catch (ZError e) {
            throw refused("to ask for the tokens " + key, e);
        }
        return Set.copyOf(tokens);
    }

    /** Nothing may be thrown into native code. */
    private void guard(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) { // The edge of zenoh-java's thread: whoever opened the port is told.
            failures.accept(e);
        }
    }

    @Override
    public void close() {
        if (declarations.close()) {
            session.close();
        }
    }

    private static IOException refused(String what, ZError cause) {
        return new IOException("zenoh-java refused " + what + ": " + cause.getMessage(), cause);
    }
}
