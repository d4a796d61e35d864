package io.vyra.zenoh.session;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.peer.FaultProxy;
import io.vyra.zenoh.peer.Payloads;
import io.vyra.zenoh.peer.PythonPeer;
import io.vyra.zenoh.peer.Recorder;
import io.vyra.zenoh.transport.TransportEnd;
import io.vyra.zenoh.transport.TransportSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session whose network misbehaves, in front of a router of the reference implementation. */
@Timeout(120)
class NetworkTroubleTest {
    private static PythonPeer router;
    private FaultProxy proxy;

    @BeforeAll
    static void start() throws Exception {
        router = PythonPeer.router();
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    @BeforeEach
    void openProxy() throws Exception {
        proxy = new FaultProxy(router.endpoint());
    }

    @AfterEach
    void closeProxy() throws Exception {
        proxy.close();
    }

    @Test
    void shouldWorkThroughADelay() throws Exception {
        proxy.delay(Duration.ofMillis(200));
        Recorder recorder = new Recorder();
        try (ZenohSession session = ZenohSession.open(settings(), Duration.ofSeconds(40))) {
            session.declareSubscriber("delay/back", recorder);
            router.tell("queryable", "delay", "delay/service", "echo");
            long before = System.nanoTime();

            List<Reply> replies =
                    session.get("delay/service", QueryOptions.DEFAULT).all();

            assertThat(replies).hasSize(1);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(400));
            await().untilAsserted(() -> {
                router.tell("put", "delay/back", "text:x");
                assertThat(recorder.samples()).isNotEmpty();
            });
        }
    }

    @Test
    void shouldWorkThroughAThinLine() throws Exception {
        router.tell("subscribe", "thin", "thin/a");
        try (ZenohSession session = ZenohSession.open(settings(), Duration.ofSeconds(40))) {
            proxy.throttle(2_000_000);

            boolean isTaken = session.put(
                    KeyExpression.of("thin/a"), Payloads.counting(1_000_000), PublishOptions.DEFAULT.blocking());

            assertThat(isTaken).isTrue();
            assertThat(router.awaitEvents("sample", "thin", 1).getFirst().get(4))
                    .isEqualTo(Payloads.described(Payloads.counting(1_000_000)));
        }
    }

    @Test
    void shouldConnectAgainAfterACut() throws Exception {
        Recorder recorder = new Recorder();
        try (ZenohSession session = ZenohSession.open(settings(), Duration.ofSeconds(40))) {
            session.declareSubscriber("cut/back", recorder);

            proxy.cut();

            await().until(() -> session.counters().connections() == 2);
            await().untilAsserted(() -> {
                router.tell("put", "cut/back", "text:x");
                assertThat(recorder.samples()).isNotEmpty();
            });
        }
    }

    @Test
    void shouldNoticeAHalfOpenConnection() throws Exception {
        List<TransportEnd> ends = new CopyOnWriteArrayList<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void disconnected(TransportEnd end) {
                ends.add(end);
            }
        };
        // The peer promises a sign of life within its lease.
        try (PythonPeer impatient =
                        PythonPeer.router(PythonPeer.freeEndpoint(), Map.of("transport/link/tx/lease", "2000"));
                FaultProxy stalling = new FaultProxy(impatient.endpoint());
                ZenohSession session = ZenohSession.start(SessionSettings.client(stalling.endpoint()), listener)) {
            assertThat(session.awaitConnection(Duration.ofSeconds(40))).isTrue();

            stalling.stall(false, true);

            await().untilAsserted(() -> assertThat(ends).contains(new TransportEnd.LeaseExpired()));
            stalling.stall(false, false);
            assertThat(session.awaitConnection(Duration.ofSeconds(40))).isTrue();
        }
    }

    @Test
    void shouldKeepAnIdleConnectionAlive() throws Exception {
        TransportSettings shortLease =
                TransportSettings.of(ZenohId.random(), WhatAmI.CLIENT).withLease(Duration.ofSeconds(2));
        try (ZenohSession session = ZenohSession.open(settings().withTransport(shortLease), Duration.ofSeconds(40))) {
            long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();

            await().until(() -> System.nanoTime() > end);

            assertThat(session.counters().connections()).isEqualTo(1);
            assertThat(session.counters().isConnected()).isTrue();
        }
    }

    @Test
    void shouldDropOrBlockWhenTheReaderStalls() throws Exception {
        TransportSettings small = TransportSettings.of(ZenohId.random(), WhatAmI.CLIENT)
                .withSizes(8192, 1 << 20, 2)
                // Nothing is heard from this side while the test fills the way.
                .withLease(Duration.ofMinutes(5));
        SessionSettings settings =
                settings().withTransport(small).withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(60));
        try (ZenohSession session = ZenohSession.open(settings, Duration.ofSeconds(40));
                Publisher dropping = session.declarePublisher(KeyExpression.of("stall/drop"), PublishOptions.DEFAULT);
                Publisher blocking =
                        session.declarePublisher(KeyExpression.of("stall/block"), PublishOptions.DEFAULT.blocking())) {
            proxy.stall(true, false);
            int taken = 0;
            while (dropping.put(Payloads.counting(4000))) {
                taken++;
            }

            Duration waited = waitUntilRefused(blocking);

            assertThat(taken).isPositive();
            assertThat(waited).isGreaterThanOrEqualTo(Duration.ofMillis(290));
            assertThat(session.counters().droppedOutgoing()).isGreaterThanOrEqualTo(2);
            proxy.stall(false, false);
            await().until(() -> blocking.put(Payloads.counting(4000)));
            assertThat(session.counters().connections()).isEqualTo(1);
        }
    }

    /**
     * Fills the link: the first drop may only mean that the writer was behind, the system's buffers still take more.
     *
     * @return how long the put waited that was refused
     */
    private static Duration waitUntilRefused(Publisher blocking) {
        int limit = 50_000;
        for (int puts = 0; puts < limit; puts++) {
            long before = System.nanoTime();
            if (!blocking.put(Payloads.counting(4000))) {
                return Duration.ofNanos(System.nanoTime() - before);
            }
        }
        throw new AssertionError("a stalled reader took " + limit + " puts of 4000 bytes");
    }

    @Test
    void shouldSurviveACutAtEveryByteOfTheHandshake() throws Exception {
        // How long the two sides' parts of the handshake are is not known here, so go on until one gets through.
        int toServer = 0;
        int failures = 0;
        while (true) {
            proxy.cutAfter(toServer, Integer.MAX_VALUE);
            if (isOpened()) {
                break;
            }
            failures++;
            toServer++;
        }
        int toClient = 0;
        while (true) {
            proxy.cutAfter(Integer.MAX_VALUE, toClient);
            if (isOpened()) {
                break;
            }
            failures++;
            toClient++;
        }

        assertThat(toServer).isBetween(40, 1000);
        assertThat(toClient).isBetween(40, 1000);
        assertThat(failures).isEqualTo(toServer + toClient);
    }

    private boolean isOpened() throws Exception {
        List<Exception> attempts = new CopyOnWriteArrayList<>();
        List<String> connected = new CopyOnWriteArrayList<>();
        Thread here = Thread.currentThread();
        SessionListener listener = new SessionListener() {
            @Override
            public void connected(ZenohId peer, String address) {
                connected.add(address);
                LockSupport.unpark(here);
            }

            @Override
            public void attemptFailed(String endpoint, Exception cause) {
                attempts.add(cause);
                LockSupport.unpark(here);
            }
        };
        try (ZenohSession session = ZenohSession.start(settings(), listener)) {
            while (attempts.isEmpty() && connected.isEmpty()) {
                LockSupport.parkNanos(1_000_000_000);
            }
            assertThat(attempts).allSatisfy(attempt -> assertThat(attempt).isInstanceOf(IOException.class));
            assertThat(session.counters().connections()).isEqualTo(connected.size());
            return attempts.isEmpty();
        }
    }

    @Test
    void shouldGiveUpOnWhoNeverAnswers() throws Exception {
        proxy.stall(false, true);
        TransportSettings impatient =
                TransportSettings.of(ZenohId.random(), WhatAmI.CLIENT).withHandshakeTimeout(Duration.ofMillis(300));

        // The connection and the 300 ms may together take longer than the patience.
        await().untilAsserted(() -> assertThatThrownBy(
                        () -> ZenohSession.open(settings().withTransport(impatient), Duration.ofSeconds(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not answer within PT0.3S"));
    }

    @Test
    @Tag("slow")
    void shouldGoOnAfterACutOfHalfAMinute() throws Exception {
        Recorder recorder = new Recorder();
        try (ZenohSession session = ZenohSession.open(settings(), Duration.ofSeconds(40))) {
            session.declareSubscriber("long/back", recorder);
            session.declareToken(KeyExpression.of("long/alive"));
            await().untilAsserted(
                            () -> assertThat(router.tell("alive", "long/*")).contains(List.of("alive", "long/alive")));
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();

            proxy.stall(true, true);
            await().atMost(Duration.ofSeconds(60)).until(() -> System.nanoTime() > end);

            assertThat(router.tell("alive", "long/*")).containsExactly(List.of("done", "alive"));
            assertThat(session.counters().isConnected()).isFalse();
            proxy.cut();
            proxy.stall(false, false);
            await().untilAsserted(() -> {
                router.tell("put", "long/back", "text:x");
                assertThat(recorder.samples()).isNotEmpty();
                assertThat(router.tell("alive", "long/*")).contains(List.of("alive", "long/alive"));
            });
        }
    }

    private SessionSettings settings() {
        return SessionSettings.client(proxy.endpoint()).withRetries(Duration.ofMillis(100), Duration.ofSeconds(1));
    }
}
