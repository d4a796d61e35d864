package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Answer;
import io.vyra.zenoh.message.EntityId;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.NetworkMessage.Request;
import io.vyra.zenoh.message.NetworkMessage.Response;
import io.vyra.zenoh.message.Outgoing;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.Query;
import io.vyra.zenoh.message.WireExpression;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** The queries that a session asked and that are not over yet. Thread-safe. */
final class Queries {
    private final Connection connection;
    private final Queryables queryables;
    private final SessionSettings settings;
    private final ScheduledExecutorService timer;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, Replies> pending = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();

    Queries(Connection connection, Queryables queryables, SessionSettings settings, ScheduledExecutorService timer) {
        this.connection = connection;
        this.queryables = queryables;
        this.settings = settings;
        this.timer = timer;
    }

    Replies ask(Selector selector, WireExpression wireKey, QueryOptions options) {
        Duration timeout = options.timeout() == null ? settings.queryTimeout() : options.timeout();
        List<Queryable> local = options.destination().isLocal()
                ? queryables.matchingLocal(selector.key(), options.target())
                : List.of();
        boolean isRemote = options.destination().isRemote();
        int number = numbers.incrementAndGet();
        AtomicReference<ScheduledFuture<?>> alarm = new AtomicReference<>();
        Replies[] self = new Replies[1];
        Replies replies = new Replies(
                selector,
                options.consolidation(),
                local.size() + (isRemote ? 1 : 0),
                settings.queuedSamples(),
                settings.deliveryTimeout().toNanos(),
                () -> forget(number, alarm, self[0]));
        self[0] = replies;
        pending.put(number, replies);
        alarm.set(timer.schedule(() -> replies.finish(Replies.End.TIMED_OUT), timeout.toNanos(), TimeUnit.NANOSECONDS));
        Query query = new Query(
                options.consolidation(),
                selector.parameters(),
                null,
                options.payload() == null ? null : new Query.Body(options.encoding(), options.payload()),
                options.attachment());
        for (Queryable queryable : local) {
            queryable.handle(selector, query, new LocalSink(replies, options.qualityOfService()));
        }
        if (isRemote) {
            Request request = new Request(
                    number,
                    wireKey,
                    options.qualityOfService(),
                    null,
                    0,
                    options.target(),
                    0,
                    timeout.toMillis(),
                    query);
            if (!connection.send(Outgoing.of(request), true)) {
                replies.finish(Replies.End.CONNECTION_LOST);
            }
        } else if (local.isEmpty()) {
            replies.finish(Replies.End.COMPLETE);
        }
        return replies;
    }

    private void forget(int number, AtomicReference<ScheduledFuture<?>> alarm, Replies replies) {
        pending.remove(number);
        dropped.add(replies.dropped());
        ScheduledFuture<?> scheduled = alarm.get();
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }

    /**
     * @param key of the answer; null when it is unknown, as it may be for an error
     */
    void response(Response response, KeyExpression key) {
        Replies replies = pending.get(response.number());
        if (replies == null || (key == null && response.answer() instanceof Answer.Reply)) {
            return;
        }
        replies.accept(reply(key, response.qualityOfService(), response.answer(), response.responder()));
    }

    private static Reply reply(KeyExpression key, QualityOfService quality, Answer answer, EntityId responder) {
        return switch (answer) {
            case Answer.Reply success -> new Reply.Success(Sample.of(key, quality, success.datum()), responder);
            case Answer.Failure failure -> new Reply.Failure(failure.encoding(), failure.payload(), responder);
        };
    }

    void responseFinal(NetworkMessage.ResponseFinal last) {
        Replies replies = pending.get(last.number());
        if (replies != null) {
            replies.sourceDone();
        }
    }

    /** No answers come any more. */
    void finishAll(Replies.End why) {
        List.copyOf(pending.values()).forEach(replies -> replies.finish(why));
    }

    long dropped() {
        return dropped.sum();
    }

    /** Takes the answers of a queryable of the same session. */
    private record LocalSink(Replies replies, QualityOfService quality) implements AnswerSink {
        @Override
        public boolean answer(KeyExpression key, Answer answer, EntityId responder) {
            return replies.accept(reply(key, quality, answer, responder));
        }

        @Override
        public OptionalInt requestNumber() {
            return OptionalInt.empty();
        }

        @Override
        public void done() {
            replies.sourceDone();
        }
    }
}
