package io.vyra.zenoh.router;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.peer.Payloads;
import io.vyra.zenoh.peer.PythonPeer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clients of the reference implementation, with this router between them. */
class RouterInteropTest {
    private static ZenohRouter router;
    private static PythonPeer one;
    private static PythonPeer other;

    @BeforeAll
    static void start() throws Exception {
        router = ZenohRouter.open(
                RouterSettings.of(RouterListenerSettings.open(new Endpoint(Endpoint.Protocol.TCP, "127.0.0.1", 0))),
                RouterListener.NONE);
        one = PythonPeer.client(router.endpoints().getFirst());
        other = PythonPeer.client(router.endpoints().getFirst());
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        router.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 65_530, 100_000, 10_000_000})
    void shouldCarryAnySize(int size) {
        String name = "size-" + size;
        other.tell("subscribe", name, "sizes/" + size);
        one.awaitSubscribers("sizes/" + size);

        one.tell("put", "sizes/" + size, "size:" + size);

        assertThat(other.awaitEvents("sample", name, 1).getFirst())
                .containsExactly(
                        "sample",
                        name,
                        "PUT",
                        "sizes/" + size,
                        size == 0 ? "text:" : Payloads.described(Payloads.counting(size)),
                        "zenoh/bytes",
                        "-");
    }

    @Test
    void shouldCarryEncodingsAttachmentsAndDeletes() {
        other.tell("subscribe", "rich", "rich/*");
        one.awaitSubscribers("rich/a");

        one.tell("put", "rich/a", "text:hello", "application/json;charset=utf-8", "along");
        one.tell("delete", "rich/a");

        assertThat(other.awaitEvents("sample", "rich", 2))
                .containsExactly(
                        List.of(
                                "sample",
                                "rich",
                                "PUT",
                                "rich/a",
                                "text:hello",
                                "application/json;charset=utf-8",
                                "along"),
                        List.of("sample", "rich", "DELETE", "rich/a", "text:", "zenoh/bytes", "-"));
    }

    @Test
    void shouldMatchWildCards() {
        other.tell("subscribe", "single", "wild/*/end");
        other.tell("subscribe", "part", "wild/pre$*/end");
        other.tell("subscribe", "many", "wild/**");
        // Declared last, so known last.
        other.tell("subscribe", "known", "known/wild");
        one.awaitSubscribers("known/wild");

        for (String key : List.of("wild/prefix/end", "wild/other/end", "wild/a/b/end", "wild/@v/end", "wide/a/end")) {
            one.tell("put", key, "text:x");
        }

        assertThat(other.awaitEvents("sample", "many", 3))
                .extracting(event -> event.get(3))
                .containsExactly("wild/prefix/end", "wild/other/end", "wild/a/b/end");
        assertThat(other.awaitEvents("sample", "single", 2))
                .extracting(event -> event.get(3))
                .containsExactly("wild/prefix/end", "wild/other/end");
        assertThat(other.awaitEvents("sample", "part", 1))
                .extracting(event -> event.get(3))
                .containsExactly("wild/prefix/end");
    }

    @Test
    void shouldCarryAThousandDeclaredKeysInOrder() {
        other.tell("subscribe", "thousand", "thousand/*");
        one.awaitSubscribers("thousand/*");

        one.tell("publish-many", "thousand", "1000");

        assertThat(other.awaitEvents("sample", "thousand", 1000))
                .extracting(event -> event.get(3) + " " + event.get(4))
                .containsExactlyElementsOf(IntStream.range(0, 1000)
                        .mapToObj(i -> "thousand/" + i + " text:" + i)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100_000, 10_000_000})
    void shouldCarryQuestionsAndAnswers(int size) {
        String key = "echo/" + size;
        other.tell("queryable", key, key, "echo");
        one.awaitQueryables(key);

        List<List<String>> answers = one.tell("get", key + "?a=1;b", "size:" + size, "along");

        String payload = size == 0 ? "text:" : Payloads.described(Payloads.counting(size));
        assertThat(answers)
                .filteredOn(event -> event.getFirst().equals("reply"))
                .containsExactly(List.of("reply", "PUT", key, payload, "zenoh/bytes", "along"));
        assertThat(other.awaitEvents("query", key, 1))
                .containsExactly(List.of("query", key, key + "?a=1;b", payload, "along"));
    }

    @Test
    void shouldCarrySeveralAnswersAndErrors() {
        other.tell("queryable", "several", "serve/several/**", "several");
        other.tell("queryable", "error", "serve/error", "error");
        one.awaitQueryables("serve/error");

        List<List<String>> several = one.tell("get", "serve/several/**", "-", "-", "BEST_MATCHING", "NONE");
        List<List<String>> error = one.tell("get", "serve/error");
        List<List<String>> nobody = one.tell("get", "serve/nobody");

        assertThat(several)
                .filteredOn(event -> event.getFirst().equals("reply"))
                .extracting(event -> event.get(1) + " " + event.get(2) + " " + event.get(3))
                .containsExactly(
                        "PUT serve/several/0 text:value 0",
                        "PUT serve/several/1 text:value 1",
                        "PUT serve/several/2 text:value 2",
                        "ERROR - text:not all",
                        "DELETE serve/several/gone text:");
        assertThat(error).contains(List.of("reply", "ERROR", "-", "text:refused", "application/json", "-"));
        assertThat(nobody).noneMatch(event -> event.getFirst().equals("reply"));
    }

    @Test
    void shouldReportTokensThatComeAndGo() {
        one.tell("token", "early", "alive/early");
        other.tell("watch", "alive", "alive/*");
        other.awaitEvents("token", "alive", 1);

        one.tell("token", "late", "alive/late");
        one.tell("undeclare", "early");
        other.awaitEvents("token", "alive", 3);
        List<List<String>> now = other.tell("alive", "alive/*");
        one.tell("undeclare", "late");

        assertThat(other.awaitEvents("token", "alive", 4))
                .extracting(event -> event.get(2) + " " + event.get(3))
                .containsExactly("PUT alive/early", "PUT alive/late", "DELETE alive/early", "DELETE alive/late");
        assertThat(now).contains(List.of("alive", "alive/late")).doesNotContain(List.of("alive", "alive/early"));
    }

    @Test
    void shouldReportTheTokensOfWhoeverClosesOrIsKilled() throws Exception {
        other.tell("watch", "mortal", "mortal/*");
        try (PythonPeer closing = PythonPeer.client(router.endpoints().getFirst());
                PythonPeer killed = PythonPeer.client(router.endpoints().getFirst())) {
            closing.tell("token", "t", "mortal/closing");
            other.awaitEvents("token", "mortal", 1);
            killed.tell("token", "t", "mortal/killed");
            other.awaitEvents("token", "mortal", 2);

            closing.tell("close");
            other.awaitEvents("token", "mortal", 3);
            killed.kill();
            other.awaitEvents("token", "mortal", 4);
        }

        assertThat(other.events("token", "mortal"))
                .extracting(event -> event.get(2) + " " + event.get(3))
                .containsExactly(
                        "PUT mortal/closing", "PUT mortal/killed", "DELETE mortal/closing", "DELETE mortal/killed");
    }

    @Test
    void shouldTellPublishersAndQueriersWhetherAnybodyListens() {
        one.tell("publisher", "p", "match/data");
        one.tell("querier", "q", "match/service");

        other.tell("subscribe", "match-s", "match/*");
        one.awaitEvents("matching", "p", 1);
        other.tell("queryable", "match-q", "match/service", "echo");
        one.awaitEvents("matching", "q", 1);
        other.tell("undeclare", "match-s");
        one.awaitEvents("matching", "p", 2);
        other.tell("undeclare", "match-q");
        one.awaitEvents("matching", "q", 2);

        assertThat(one.events("matching", "p"))
                .extracting(event -> event.get(2))
                .containsExactly("yes", "no");
        assertThat(one.events("matching", "q"))
                .extracting(event -> event.get(2))
                .containsExactly("yes", "no");
    }

    @Test
    void shouldCarryFragmentsToAndFromClientsWithSmallBatches() throws Exception {
        // zenoh-pico starts with batches of 2,048 bytes.
        Map<String, String> small = Map.of("transport/link/tx/batch_size", "2048");
        try (PythonPeer pico = PythonPeer.client(router.endpoints().getFirst(), small)) {
            pico.tell("subscribe", "pico", "pico/there");
            other.tell("subscribe", "pico", "pico/back");
            one.awaitSubscribers("pico/there");
            one.awaitSubscribers("pico/back");

            one.tell("put", "pico/there", "size:100000");
            pico.tell("put", "pico/back", "size:100000");

            String payload = Payloads.described(Payloads.counting(100_000));
            assertThat(pico.awaitEvents("sample", "pico", 1).getFirst()).contains(payload);
            assertThat(other.awaitEvents("sample", "pico", 1).getFirst()).contains(payload);
        }
    }

    @Test
    void shouldRefusePeersAndRouters() throws Exception {
        Endpoint endpoint = router.endpoints().getFirst();
        long before = router.counters().refusedConnections();

        try (PythonPeer unwelcome =
                PythonPeer.router(PythonPeer.freeEndpoint(), Map.of("connect/endpoints", "[\"" + endpoint + "\"]"))) {
            await().until(() -> router.counters().refusedConnections() > before);
            unwelcome.tell("put", "unwelcome/a", "text:x");
        }

        assertThat(router.faces()).noneMatch(face -> face.identity() instanceof FaceIdentity.Upstream);
    }
}
