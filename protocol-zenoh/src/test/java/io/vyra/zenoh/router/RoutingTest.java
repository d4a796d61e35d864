package io.vyra.zenoh.router;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Answer;
import io.vyra.zenoh.message.Consolidation;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.Declaration.QueryableDeclared;
import io.vyra.zenoh.message.Declaration.SubscriberDeclared;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.Query;
import io.vyra.zenoh.message.QueryTarget;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.peer.Payloads;
import io.vyra.zenoh.peer.Recorder;
import io.vyra.zenoh.peer.RecordingClient;
import io.vyra.zenoh.session.IncomingQuery;
import io.vyra.zenoh.session.Locality;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.Publisher;
import io.vyra.zenoh.session.QueryOptions;
import io.vyra.zenoh.session.Replies;
import io.vyra.zenoh.session.Reply;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publications and queries between sessions of this library, one of them of the router's own process. */
class RoutingTest {
    private static final QueryOptions EACH = QueryOptions.DEFAULT.withConsolidation(Consolidation.NONE);

    private ZenohRouter router;
    private ZenohSession local;
    private ZenohSession one;
    private ZenohSession other;

    @BeforeEach
    void start() throws Exception {
        router = TestRouters.open();
        local = TestRouters.attach(router);
        one = TestRouters.connect(router);
        other = TestRouters.connect(router);
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        local.close();
        router.close();
    }

    @Test
    void shouldPublishToAllWhoSubscribedAndToNobodyElse() {
        Recorder ones = new Recorder();
        Recorder others = new Recorder();
        Recorder locals = new Recorder();
        one.declareSubscriber(KeyExpression.of("a/*"), Locality.REMOTE, ones);
        other.declareSubscriber("a/1", others);
        local.declareSubscriber("**", locals);
        awaitSubscribers(3);

        one.put(KeyExpression.of("a/1"), Payloads.counting(100), PublishOptions.DEFAULT.blocking());
        other.put(KeyExpression.of("a/2"), Bytes.of("x"), PublishOptions.DEFAULT.blocking());
        local.put(KeyExpression.of("a/3"), Bytes.of("y"), PublishOptions.DEFAULT.blocking());

        locals.await(3);
        ones.await(2);
        others.awaitChanges("PUT a/1");
        assertThat(ones.changes()).containsExactlyInAnyOrder("PUT a/2", "PUT a/3");
        assertThat(locals.changes()).containsExactlyInAnyOrder("PUT a/1", "PUT a/2", "PUT a/3");
        assertThat(router.counters().publications()).isEqualTo(3);
        // Counted once it is on its way.
        await().untilAsserted(() -> assertThat(router.counters().deliveries()).isEqualTo(5));
    }

    /** What the receiver was told the number of is not written out any more. */
    @Test
    void shouldWriteOutAKeyOnceThatIsPublishedAgainAndAgain() throws Exception {
        try (RecordingClient receiving = new RecordingClient(TestRouters.endpoint(router));
                Publisher publisher =
                        one.declarePublisher(KeyExpression.of("often/a"), PublishOptions.DEFAULT.blocking())) {
            receiving.declare(new SubscriberDeclared(1, WireExpression.of("often/*")));
            awaitSubscribers(1);

            publisher.put(Bytes.of("1"));
            publisher.put(Bytes.of("2"));
            one.put(KeyExpression.of("often/b"), Bytes.of("3"), PublishOptions.DEFAULT.blocking());
            one.put(KeyExpression.of("often/b"), Bytes.of("4"), PublishOptions.DEFAULT.blocking());
            publisher.put(Bytes.of("5"));

            await().until(() -> receiving.messages().size() == 6);
            assertThat(receiving.messages())
                    .filteredOn(NetworkMessage.Push.class::isInstance)
                    .extracting(message -> ((NetworkMessage.Push) message).key())
                    .containsExactly(
                            WireExpression.of("often/a"),
                            new WireExpression(1, "", true),
                            WireExpression.of("often/b"),
                            WireExpression.of("often/b"),
                            new WireExpression(1, "", true));
            assertThat(receiving.declarations())
                    .containsExactly(new Declaration.KeyExpressionDeclared(1, WireExpression.of("often/a")));
        }
    }

    @Test
    void shouldStampWhatHasNoTimestampAndLeaveTheOthers() {
        Recorder recorder = new Recorder();
        other.declareSubscriber("stamp/**", recorder);
        awaitSubscribers(1);

        for (int i = 0; i < 100; i++) {
            one.put(KeyExpression.of("stamp/" + i), Bytes.EMPTY, PublishOptions.DEFAULT.blocking());
        }
        one.delete(KeyExpression.of("stamp/deleted"), PublishOptions.DEFAULT.blocking());

        recorder.await(101);
        assertThat(recorder.samples()).allMatch(sample -> sample.timestamp().isPresent());
        assertThat(recorder.samples())
                .extracting(sample -> sample.timestamp().orElseThrow())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldCarryTenMegabytesThroughTheProcess() {
        Recorder recorder = new Recorder();
        local.declareSubscriber("large", recorder);
        awaitSubscribers(1);

        one.put(KeyExpression.of("large"), Payloads.counting(10_000_000), PublishOptions.DEFAULT.blocking());

        recorder.await(1);
        assertThat(recorder.samples().getFirst().payload()).isEqualTo(Payloads.counting(10_000_000));
    }

    @Test
    void shouldAskTheNearestCompleteQueryableElseAll() throws Exception {
        other.declareQueryable(
                "serve/*",
                query -> query.reply(KeyExpression.of("serve/1"), Bytes.of("other"), PublishOptions.DEFAULT));
        local.declareQueryable("serve/1", query -> query.reply(Bytes.of("local")));
        awaitQueryables(2);

        List<String> all = texts(one.get("serve/1", EACH));
        List<String> none = texts(one.get("serve/1", EACH.withTarget(QueryTarget.ALL_COMPLETE)));
        local.declareQueryable(
                KeyExpression.of("serve/**"),
                true,
                Locality.ANY,
                query -> query.reply(query.key(), Bytes.of("complete"), PublishOptions.DEFAULT));
        awaitQueryables(3);
        List<String> best = texts(one.get("serve/1", EACH));
        List<String> complete = texts(one.get("serve/1", EACH.withTarget(QueryTarget.ALL_COMPLETE)));
        List<String> everybody = texts(one.get("serve/1", EACH.withTarget(QueryTarget.ALL)));

        assertThat(all).containsExactlyInAnyOrder("other", "local");
        assertThat(none).isEmpty();
        assertThat(best).containsExactlyInAnyOrder("local", "complete");
        assertThat(complete).containsExactly("complete");
        assertThat(everybody).containsExactlyInAnyOrder("other", "local", "complete");
    }

    @Test
    void shouldEndAQueryWhenWhoeverWasAskedIsGone() throws Exception {
        BlockingQueue<IncomingQuery> asked = new LinkedBlockingQueue<>();
        other.declareQueryable("slow", query -> asked.add(query.defer()));
        local.declareQueryable("slow", query -> query.reply(Bytes.of("quick")));
        awaitQueryables(2);

        Replies replies = one.get("slow", EACH.withTimeout(Duration.ofSeconds(60)));
        asked.poll(10, TimeUnit.SECONDS).reply(Bytes.of("half"));
        await().until(() -> router.faces().stream().anyMatch(face -> face.openQueries() == 1));
        other.close();

        assertThat(texts(replies)).containsExactlyInAnyOrder("quick", "half");
        assertThat(replies.end()).contains(Replies.End.COMPLETE);
        assertThat(router.faces()).allMatch(face -> face.openQueries() == 0);
    }

    @Test
    void shouldEndAQueryWhenItsTimeIsUp() throws Exception {
        try (RecordingClient asking = new RecordingClient(TestRouters.endpoint(router))) {
            BlockingQueue<IncomingQuery> asked = new LinkedBlockingQueue<>();
            other.declareQueryable("late", query -> asked.add(query.defer()));
            awaitQueryables(1);

            asking.send(request(77, "late", 100));

            await().until(() -> asking.messages().size() == 2);
            assertThat(asking.messages().get(0)).isInstanceOfSatisfying(NetworkMessage.Response.class, response -> {
                assertThat(response.number()).isEqualTo(77);
                assertThat(response.answer())
                        .hasToString("Failure[encoding=text/plain, source=null, payload=" + Bytes.of("Timeout") + "]");
            });
            assertThat(asking.messages().get(1))
                    .isInstanceOfSatisfying(
                            NetworkMessage.ResponseFinal.class,
                            last -> assertThat(last.number()).isEqualTo(77));
            assertThat(router.counters().timedOutQueries()).isEqualTo(1);
            asked.take().close();
        }
    }

    @Test
    void shouldTakeAnErrorWithoutAKeyFromARouter() throws Exception {
        other.declareQueryable("tardy", IncomingQuery::defer);
        awaitQueryables(1);
        Recorder recorder = new Recorder();
        one.declareSubscriber("after", recorder);
        awaitSubscribers(1);

        // The router's error comes as the session gives up by itself; be it before or after, the session must go on.
        Replies replies = one.get("tardy", EACH.withTimeout(Duration.ofMillis(100)));
        replies.all();
        await().until(() -> router.counters().timedOutQueries() == 1);
        other.put(KeyExpression.of("after"), Bytes.EMPTY, PublishOptions.DEFAULT.blocking());

        recorder.await(1);
        assertThat(one.counters().connections()).isEqualTo(1);
    }

    @Test
    void shouldTakeAnswersOnlyFromWhoWasAsked() throws Exception {
        try (RecordingClient asking = new RecordingClient(TestRouters.endpoint(router));
                RecordingClient serving = new RecordingClient(TestRouters.endpoint(router));
                RecordingClient intruder = new RecordingClient(TestRouters.endpoint(router))) {
            serving.declare(new QueryableDeclared(1, WireExpression.of("bank"), false, 0));
            awaitQueryables(1);
            asking.send(request(5, "bank", 10_000));
            await().until(() -> !serving.messages().isEmpty());
            NetworkMessage.Request asked =
                    (NetworkMessage.Request) serving.messages().getFirst();
            NetworkMessage.Response answer = new NetworkMessage.Response(
                    asked.number(),
                    WireExpression.of("bank"),
                    QualityOfService.REQUEST,
                    null,
                    null,
                    new Answer.Failure(Encoding.BYTES, null, Bytes.of("mine")));

            intruder.send(answer);
            intruder.send(new NetworkMessage.ResponseFinal(asked.number(), QualityOfService.REQUEST, null));
            intruder.declare(new SubscriberDeclared(1, WireExpression.of("done")));
            awaitSubscribers(1);
            assertThat(asking.messages()).isEmpty();
            serving.send(answer);
            serving.send(new NetworkMessage.ResponseFinal(asked.number(), QualityOfService.REQUEST, null));

            await().until(() -> asking.messages().size() == 2);
            assertThat(asking.messages())
                    .extracting(message -> message.getClass().getSimpleName())
                    .containsExactly("Response", "ResponseFinal");
        }
    }

    @Test
    void shouldKnowWhoAsked() throws Exception {
        BlockingQueue<Optional<FaceIdentity>> askers = new LinkedBlockingQueue<>();
        BlockingQueue<IncomingQuery> queries = new LinkedBlockingQueue<>();
        local.declareQueryable("command", query -> {
            askers.add(router.askerOf(query));
            queries.add(query);
        });
        awaitQueryables(1);

        one.get("command", EACH).all();
        local.get("command", EACH).all();

        assertThat(askers.take())
                .hasValueSatisfying(asker -> assertThat(asker)
                        .isInstanceOfSatisfying(
                                FaceIdentity.Anonymous.class,
                                face -> assertThat(face.address()).startsWith("tcp/127.0.0.1:")));
        assertThat(askers.take()).contains(new FaceIdentity.Local());
        assertThat(router.askerOf(queries.take())).as("the query is over").isEmpty();
    }

    private static NetworkMessage.Request request(int number, String key, long timeoutMillis) {
        return new NetworkMessage.Request(
                number,
                WireExpression.of(key),
                QualityOfService.REQUEST,
                null,
                0,
                QueryTarget.ALL,
                0,
                timeoutMillis,
                new Query(Consolidation.NONE, "", null, null, null));
    }

    private static List<String> texts(Replies replies) throws InterruptedException {
        return replies.all().stream()
                .map(reply -> switch (reply) {
                    case Reply.Success success -> success.sample().payload().toText();
                    case Reply.Failure failure -> "error " + failure.payload().toText();
                })
                .toList();
    }

    private void awaitSubscribers(int count) {
        await().until(() ->
                router.faces().stream().mapToInt(FaceStatus::subscribers).sum() == count);
    }

    private void awaitQueryables(int count) {
        await().until(() ->
                router.faces().stream().mapToInt(FaceStatus::queryables).sum() == count);
    }
}
