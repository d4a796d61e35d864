package io.vyra.zenoh.session;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Answer;
import io.vyra.zenoh.message.Consolidation;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.Query;
import io.vyra.zenoh.message.QueryTarget;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.peer.Payloads;
import io.vyra.zenoh.peer.PythonPeer;
import io.vyra.zenoh.peer.RecordingClient;
import io.vyra.zenoh.wire.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries between this session and one of the reference implementation, through a router of the latter. */
class QueryInteropTest {
    private static PythonPeer router;
    private static PythonPeer peer;
    private ZenohSession session;

    @BeforeAll
    static void start() throws Exception {
        router = PythonPeer.router();
        peer = PythonPeer.client(router.endpoint());
        peer.tell("queryable", "echo", "serve/echo", "echo");
        peer.tell("queryable", "several", "serve/several/**", "several");
        peer.tell("queryable", "error", "serve/error", "error");
        peer.tell("queryable", "complete", "serve/complete", "echo", "yes");
        peer.tell("queryable", "kept", "serve/kept", "keep");
        // Declared last, so known last.
        router.awaitQueryables("serve/kept");
    }

    @AfterAll
    static void stop() {
        peer.close();
        router.close();
    }

    @BeforeEach
    void open() throws Exception {
        session = ZenohSession.open(SessionSettings.client(router.endpoint()), Duration.ofSeconds(40));
    }

    @AfterEach
    void close() {
        session.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 100_000, 10_000_000})
    void shouldAskAndBeAnswered(int size) throws Exception {
        Replies replies = session.get(
                "serve/echo?a=1;b",
                QueryOptions.DEFAULT
                        .withPayload(Payloads.counting(size), Encoding.JSON)
                        .withAttachment(Bytes.of("along")));

        assertThat(replies.all()).singleElement().isInstanceOfSatisfying(Reply.Success.class, reply -> {
            assertThat(reply.sample().key()).isEqualTo(KeyExpression.of("serve/echo"));
            assertThat(reply.sample().payload()).isEqualTo(Payloads.counting(size));
            assertThat(reply.sample().attachment()).contains(Bytes.of("along"));
        });
        assertThat(replies.end()).contains(Replies.End.COMPLETE);
        assertThat(peer.awaitEvents("query", "echo", 1).getLast()).contains("serve/echo?a=1;b", "along");
    }

    @Test
    void shouldGetSeveralRepliesAndErrors() throws Exception {
        Replies replies = session.get("serve/several/**", QueryOptions.DEFAULT.withConsolidation(Consolidation.NONE));

        assertThat(replies.all())
                .extracting(QueryInteropTest::described)
                .containsExactly(
                        "PUT serve/several/0 value 0 text/plain",
                        "PUT serve/several/1 value 1 text/plain",
                        "PUT serve/several/2 value 2 text/plain",
                        "ERROR not all text/plain",
                        "DELETE serve/several/gone  zenoh/bytes");
    }

    @Test
    void shouldGetAnError() throws Exception {
        Optional<Reply> reply = session.get("serve/error", QueryOptions.DEFAULT).first();

        assertThat(reply).get().extracting(QueryInteropTest::described).isEqualTo("ERROR refused application/json");
    }

    @Test
    void shouldEndWithoutRepliesWhereNobodyAnswers() throws Exception {
        Replies replies = session.get("serve/nobody", QueryOptions.DEFAULT);

        assertThat(replies.all()).isEmpty();
        assertThat(replies.end()).contains(Replies.End.COMPLETE);
    }

    @Test
    void shouldAskOnlyCompleteQueryables() throws Exception {
        Replies incomplete = session.get("serve/echo", QueryOptions.DEFAULT.withTarget(QueryTarget.ALL_COMPLETE));
        Replies complete = session.get("serve/complete", QueryOptions.DEFAULT.withTarget(QueryTarget.ALL_COMPLETE));

        assertThat(incomplete.all()).isEmpty();
        assertThat(complete.all()).hasSize(1);
    }

    @Test
    void shouldAskWithADeclaredKey() throws Exception {
        try (Querier querier = session.declareQuerier(KeyExpression.of("serve/echo"), QueryOptions.DEFAULT)) {
            for (int i = 0; i < 100; i++) {
                Bytes payload = Bytes.of("question " + i);

                Optional<Reply> reply = querier.get("n=" + i, QueryOptions.DEFAULT.withPayload(payload, Encoding.BYTES))
                        .first();

                assertThat(reply)
                        .get()
                        .isInstanceOfSatisfying(
                                Reply.Success.class,
                                success ->
                                        assertThat(success.sample().payload()).isEqualTo(payload));
            }
        }
    }

    @Test
    void shouldAnswerThePeer() {
        List<IncomingQuery> queries = new CopyOnWriteArrayList<>();
        session.declareQueryable(KeyExpression.of("ours/**"), true, Locality.ANY, query -> {
            queries.add(query);
            query.reply(
                    KeyExpression.of("ours/a"),
                    query.payload().orElseThrow(),
                    PublishOptions.DEFAULT.withEncoding(Encoding.JSON).withAttachment(Bytes.of("back")));
            query.reply(KeyExpression.of("ours/b"), Bytes.of("2"), PublishOptions.DEFAULT);
            query.replyError(Bytes.of("incomplete"), Encoding.TEXT_PLAIN);
            query.replyDelete(KeyExpression.of("ours/c"), PublishOptions.DEFAULT);
        });

        List<List<String>> events = askUntilAnswered("get", "ours/*?x=1", "text:{}", "there", "ALL", "NONE");

        assertThat(events)
                .filteredOn(event -> event.getFirst().equals("reply"))
                .containsExactly(
                        List.of("reply", "PUT", "ours/a", "text:{}", "application/json", "back"),
                        List.of("reply", "PUT", "ours/b", "text:2", "zenoh/bytes", "-"),
                        List.of("reply", "ERROR", "-", "text:incomplete", "text/plain", "-"),
                        List.of("reply", "DELETE", "ours/c", "text:", "zenoh/bytes", "-"));
        IncomingQuery last = queries.getLast();
        assertThat(last.selector()).hasToString("ours/*?x=1");
        assertThat(last.attachment()).contains(Bytes.of("there"));
        assertThatThrownBy(() -> last.reply(KeyExpression.of("ours/a"), Bytes.EMPTY, PublishOptions.DEFAULT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("defer it");
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 10_000_000})
    void shouldAnswerThePeerWithAnySize(int size) {
        session.declareQueryable("ours/large/" + size, query -> query.reply(Payloads.counting(size)));

        List<List<String>> events = askUntilAnswered("get", "ours/large/" + size);

        assertThat(events.getFirst())
                .startsWith("reply", "PUT", "ours/large/" + size, Payloads.described(Payloads.counting(size)));
    }

    @Test
    void shouldAnswerLaterWhenDeferred() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        List<IncomingQuery> queries = new CopyOnWriteArrayList<>();
        session.declareQueryable("ours/later", query -> {
            queries.add(query.defer());
            isAsked.countDown();
        });

        Replies replies = session.get("ours/later", QueryOptions.DEFAULT.withDestination(Locality.SESSION_LOCAL));
        isAsked.await();
        assertThat(replies.end()).isEmpty();
        try (IncomingQuery query = queries.getFirst()) {
            query.reply(Bytes.of("at last"));
        }

        assertThat(replies.all())
                .extracting(QueryInteropTest::described)
                .containsExactly("PUT ours/later at last zenoh/bytes");
    }

    @Test
    void shouldRefuseKeysThatWereNotAskedFor() throws Exception {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        session.declareQueryable("ours/strict", query -> {
            try {
                query.reply(KeyExpression.of("other/key"), Bytes.EMPTY, PublishOptions.DEFAULT);
            } catch (IllegalArgumentException e) {
                failures.add(e);
            }
        });

        List<Reply> replies = session.get("ours/strict", QueryOptions.DEFAULT).all();

        assertThat(replies).isEmpty();
        assertThat(failures)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("is no answer to it");
    }

    @Test
    void shouldEndWhenTimeIsUpOrCancelled() throws Exception {
        session.declareQueryable("ours/never", IncomingQuery::defer);

        Replies late = session.get("ours/never", QueryOptions.DEFAULT.withTimeout(Duration.ofMillis(100)));
        Replies cancelled = session.get("ours/never", QueryOptions.DEFAULT);
        cancelled.close();

        assertThat(late.all()).isEmpty();
        assertThat(late.end()).contains(Replies.End.TIMED_OUT);
        assertThat(cancelled.all()).isEmpty();
        assertThat(cancelled.end()).contains(Replies.End.CANCELLED);
    }

    /** The reference router says that time is up in an error without a key expression, to whoever asked. */
    @Test
    void shouldGoOnWhenTheRouterSaysThatTimeIsUp() throws Exception {
        try (RecordingClient asking = new RecordingClient(router.endpoint())) {
            asking.send(request(77, "serve/kept", 100));

            await().until(() -> asking.messages().stream().anyMatch(NetworkMessage.ResponseFinal.class::isInstance));
            assertThat(asking.messages())
                    .filteredOn(NetworkMessage.Response.class::isInstance)
                    .isNotEmpty() // Several where it asked several faces.
                    .allSatisfy(message -> assertThat(message)
                            .isInstanceOfSatisfying(NetworkMessage.Response.class, response -> {
                                assertThat(response.key().scope()).isZero();
                                assertThat(response.key().suffix()).isEmpty();
                                assertThat(response.answer()).isInstanceOf(Answer.Failure.class);
                            }));
        }
        long before = session.counters().receivedMessages();

        Replies late = session.get("serve/kept", QueryOptions.DEFAULT.withTimeout(Duration.ofMillis(100)));

        assertThat(late.all()).noneMatch(Reply.Success.class::isInstance);
        await().until(() -> session.counters().receivedMessages() >= before + 2);
        assertThat(session.get("serve/echo", QueryOptions.DEFAULT).all()).hasSize(1);
        assertThat(session.counters().connections()).isEqualTo(1);
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

    private static List<List<String>> askUntilAnswered(String... command) {
        return await().until(
                        () -> peer.tell(command),
                        events -> events.getFirst().getFirst().equals("reply"));
    }

    private static String described(Reply reply) {
        return switch (reply) {
            case Reply.Success success -> {
                Sample sample = success.sample();
                yield sample.kind() + " " + sample.key() + " "
                        + sample.payload().toText() + " " + sample.encoding();
            }
            case Reply.Failure failure -> "ERROR " + failure.payload().toText() + " " + failure.encoding();
        };
    }
}
