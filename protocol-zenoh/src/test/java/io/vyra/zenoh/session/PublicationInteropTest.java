package io.vyra.zenoh.session;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.CongestionControl;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.Priority;
import io.vyra.zenoh.peer.Payloads;
import io.vyra.zenoh.peer.PythonPeer;
import io.vyra.zenoh.peer.Recorder;
import io.vyra.zenoh.wire.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publications between this session and one of the reference implementation, through a router of the latter. */
class PublicationInteropTest {
    private static PythonPeer router;
    private static PythonPeer peer;
    private ZenohSession session;

    @BeforeAll
    static void start() throws Exception {
        router = PythonPeer.router();
        peer = PythonPeer.client(router.endpoint());
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
    @ValueSource(ints = {0, 64, 65_530, 100_000, 10_000_000})
    void shouldPublishAnySize(int size) {
        String name = "to-peer-" + size;
        peer.tell("subscribe", name, "sizes/" + size);
        router.awaitSubscribers("sizes/" + size);

        boolean isTaken = session.put(
                KeyExpression.of("sizes/" + size), Payloads.counting(size), PublishOptions.DEFAULT.blocking());

        assertThat(isTaken).isTrue();
        assertThat(peer.awaitEvents("sample", name, 1).getFirst())
                .containsExactly(
                        "sample",
                        name,
                        "PUT",
                        "sizes/" + size,
                        size == 0 ? "text:" : Payloads.described(Payloads.counting(size)),
                        "zenoh/bytes",
                        "-");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 65_530, 100_000, 10_000_000})
    void shouldReceiveAnySize(int size) {
        Recorder recorder = new Recorder();
        session.declareSubscriber("from/**", recorder);

        publishUntilReceived("from/" + size, "size:" + size, recorder);

        assertThat(recorder.samples().getFirst().payload()).isEqualTo(Payloads.counting(size));
        assertThat(recorder.samples().getFirst().key()).isEqualTo(KeyExpression.of("from/" + size));
    }

    @Test
    void shouldCarryEncodingAttachmentAndQualityBothWays() {
        Recorder recorder = new Recorder();
        session.declareSubscriber("rich/back/*", recorder);
        peer.tell("subscribe", "rich", "rich/there/*");
        router.awaitSubscribers("rich/there/a");
        peer.awaitSubscribers("rich/back/b");
        PublishOptions options = PublishOptions.DEFAULT
                .withEncoding(Encoding.of("application/json;charset=utf-8"))
                .withQualityOfService(Priority.REAL_TIME, CongestionControl.BLOCK, true)
                .withAttachment(Bytes.of("along"));

        session.put(KeyExpression.of("rich/there/a"), Bytes.of("{}"), options);
        session.delete(KeyExpression.of("rich/there/a"), options);
        peer.tell("put", "rich/back/b", "text:hello", "text/plain", "back");
        peer.tell("delete", "rich/back/b");

        assertThat(peer.awaitEvents("sample", "rich", 2))
                .containsExactly(
                        List.of(
                                "sample",
                                "rich",
                                "PUT",
                                "rich/there/a",
                                "text:{}",
                                "application/json;charset=utf-8",
                                "along"),
                        List.of("sample", "rich", "DELETE", "rich/there/a", "text:", "zenoh/bytes", "along"));
        recorder.awaitChanges("PUT rich/back/b", "DELETE rich/back/b");
        Sample first = recorder.samples().getFirst();
        assertThat(first.payload()).isEqualTo(Bytes.of("hello"));
        assertThat(first.encoding()).isEqualTo(Encoding.TEXT_PLAIN);
        assertThat(first.attachment()).contains(Bytes.of("back"));
        assertThat(first.timestamp())
                .as("a router stamps what has no timestamp")
                .isPresent();
    }

    @Test
    void shouldMatchWildCards() {
        Recorder single = new Recorder();
        Recorder many = new Recorder();
        Recorder part = new Recorder();
        session.declareSubscriber("wild/*/end", single);
        session.declareSubscriber("wild/**", many);
        session.declareSubscriber("wild/pre$*/end", part);
        // Declared last, so known last.
        session.declareSubscriber("known/wild", _ -> {});
        peer.awaitSubscribers("known/wild");

        for (String key :
                List.of("wild/prefix/end", "wild/other/end", "wild/a/b/end", "wild/@verbatim/end", "other/a/end")) {
            peer.tell("put", key, "text:x");
        }

        many.awaitChanges("PUT wild/prefix/end", "PUT wild/other/end", "PUT wild/a/b/end");
        single.awaitChanges("PUT wild/prefix/end", "PUT wild/other/end");
        part.awaitChanges("PUT wild/prefix/end");
    }

    @Test
    void shouldPublishAThousandDeclaredKeys() {
        peer.tell("subscribe", "thousand", "thousand/*");
        router.awaitSubscribers("thousand/0");
        List<Publisher> publishers = new ArrayList<>();

        for (int i = 0; i < 1000; i++) {
            publishers.add(
                    session.declarePublisher(KeyExpression.of("thousand/" + i), PublishOptions.DEFAULT.blocking()));
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(publishers.get(i).put(Bytes.of(Integer.toString(i)))).isTrue();
        }

        assertThat(peer.awaitEvents("sample", "thousand", 1000))
                .extracting(event -> event.get(3) + " " + event.get(4))
                .containsExactlyElementsOf(IntStream.range(0, 1000)
                        .mapToObj(i -> "thousand/" + i + " text:" + i)
                        .toList());
        publishers.forEach(Publisher::close);
    }

    @Test
    void shouldReceiveAThousandDeclaredKeys() {
        Recorder recorder = new Recorder();
        session.declareSubscriber("many/*", recorder);
        peer.tell("subscribe", "sync-many", "sync/many");
        session.put(KeyExpression.of("sync/many"), Bytes.of("go"), PublishOptions.DEFAULT.blocking());
        peer.awaitEvents("sample", "sync-many", 1);

        peer.tell("publish-many", "many", "1000");

        assertThat(recorder.await(1000))
                .extracting(sample -> sample.key() + " " + sample.payload().toText())
                .containsExactlyElementsOf(IntStream.range(0, 1000)
                        .mapToObj(i -> "many/" + i + " " + i)
                        .toList());
    }

    @Test
    void shouldKeepTheOrderOfManyMessages() {
        Recorder recorder = new Recorder();
        session.declareSubscriber("order/back", recorder);
        peer.tell("subscribe", "order", "order/there");
        router.awaitSubscribers("order/there");
        peer.awaitSubscribers("order/back");
        try (Publisher publisher =
                session.declarePublisher(KeyExpression.of("order/there"), PublishOptions.DEFAULT.blocking())) {

            for (int i = 0; i < 5000; i++) {
                assertThat(publisher.put(Bytes.of(Integer.toString(i)))).isTrue();
            }
        }
        peer.tell("put", "order/back", "size:64", "-", "-", "block", "5000");

        assertThat(peer.awaitEvents("sample", "order", 5000))
                .extracting(event -> event.get(4))
                .containsExactlyElementsOf(
                        IntStream.range(0, 5000).mapToObj(i -> "text:" + i).toList());
        assertThat(recorder.await(5000)).hasSize(5000);
    }

    @Test
    void shouldStopReceivingWhenClosed() {
        Recorder recorder = new Recorder();
        Recorder other = new Recorder();
        Subscriber subscriber = session.declareSubscriber("stop/a", recorder);
        session.declareSubscriber("stop/b", other);
        peer.awaitSubscribers("stop/b");
        peer.tell("put", "stop/a", "text:1");
        recorder.await(1);

        subscriber.close();
        peer.tell("put", "stop/a", "text:2");
        peer.tell("put", "stop/b", "text:3");

        other.await(1);
        assertThat(recorder.samples()).hasSize(1);
    }

    @Test
    void shouldHearItselfUnlessToldOtherwise() {
        Recorder any = new Recorder();
        Recorder local = new Recorder();
        Recorder remote = new Recorder();
        session.declareSubscriber("self/a", any);
        session.declareSubscriber(KeyExpression.of("self/a"), Locality.SESSION_LOCAL, local);
        session.declareSubscriber(KeyExpression.of("self/a"), Locality.REMOTE, remote);
        peer.awaitSubscribers("self/a");

        session.put("self/a", Bytes.of("own"));
        peer.tell("put", "self/a", "text:other");
        session.put(
                KeyExpression.of("self/a"), Bytes.of("away"), PublishOptions.DEFAULT.withDestination(Locality.REMOTE));

        any.awaitChanges("PUT self/a", "PUT self/a");
        remote.awaitChanges("PUT self/a");
        assertThat(local.await(1))
                .singleElement()
                .satisfies(sample -> assertThat(sample.payload()).isEqualTo(Bytes.of("own")));
    }

    @Test
    void shouldCountWhatItDoes() {
        peer.tell("subscribe", "count", "count/a");
        router.awaitSubscribers("count/a");

        session.put("count/a", Bytes.of("1"));

        peer.awaitEvents("sample", "count", 1);
        SessionCounters counters = session.counters();
        assertThat(counters.isConnected()).isTrue();
        assertThat(counters.connections()).isEqualTo(1);
        assertThat(counters.sentMessages()).isEqualTo(1);
        assertThat(counters.droppedOutgoing()).isZero();
    }

    /** A subscription takes a moment to reach the other side, so what comes before is not received. */
    private static void publishUntilReceived(String key, String payload, Recorder recorder) {
        await().until(() -> {
            peer.tell("put", key, payload);
            return !recorder.samples().isEmpty();
        });
    }
}
