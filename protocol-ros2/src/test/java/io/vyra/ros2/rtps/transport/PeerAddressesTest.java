package io.vyra.ros2.rtps.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.LogWatch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerAddressesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final PeerAddresses.Pace OFTEN = new PeerAddresses.Pace(Duration.ofMillis(1), Duration.ofMillis(1));

    private final Map<String, InetAddress[]> network = new ConcurrentHashMap<>();
    private final LogWatch log = new LogWatch(PeerAddresses.class);
    private PeerAddresses addresses;

    @AfterEach
    void close() {
        log.close();
        addresses.close();
        await().atMost(PATIENCE).until(() -> !isLookingUp());
    }

    private static boolean isLookingUp() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(it -> it.getName().equals("test-peers"));
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        InetAddress[] found = network.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        return found;
    }

    private static InetAddress[] at(String... literals) {
        return List.of(literals).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private void look(PeerAddresses.Lookup lookup, String... peers) {
        addresses =
                new PeerAddresses(List.of(peers).stream().map(StaticPeer::parse).toList(), lookup, OFTEN);
        addresses.start("test");
    }

    private List<InetAddress> found(String peer) {
        return addresses.found().get(StaticPeer.parse(peer));
    }

    private void awaitFound(String peer, InetAddress... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(found(peer)).containsExactly(expected));
    }

    @Test
    void shouldTakeAddressesAsTheyAreWithoutAThread() {
        look(InetAddress::getAllByName, "10.0.0.1", "10.0.0.2:7412");

        assertThat(found("10.0.0.1")).containsExactly(at("10.0.0.1"));
        assertThat(found("10.0.0.2:7412")).containsExactly(at("10.0.0.2"));
        assertThat(isLookingUp()).isFalse();
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void shouldFindAHostThatComesUpLaterAndSayBothOnce() {
        network.put("leg", at("10.0.0.2"));
        look(this::lookUp, "arm", "leg");
        awaitFound("leg", at("10.0.0.2"));
        assertThat(found("arm")).isEmpty();

        network.put("arm", at("10.0.0.1"));

        awaitFound("arm", at("10.0.0.1"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log.messages()).hasSize(2));
        assertThat(log.messages().getFirst()).contains("peer arm cannot be found", "ROS_STATIC_PEERS");
        assertThat(log.messages().getLast()).contains("peer arm is at", "10.0.0.1");
    }

    @Test
    void shouldFollowAHostThatMoves() {
        network.put("arm", at("10.0.0.1"));
        look(this::lookUp, "arm");
        awaitFound("arm", at("10.0.0.1"));

        network.put("arm", at("10.0.0.7"));

        awaitFound("arm", at("10.0.0.7"));
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void shouldKeepTheLastAddressOfANameThatIsGone() {
        network.put("arm", at("10.0.0.1"));
        look(this::lookUp, "arm");
        awaitFound("arm", at("10.0.0.1"));

        network.remove("arm");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(log.messages()).singleElement().asString().contains("10.0.0.1"));
        assertThat(found("arm")).containsExactly(at("10.0.0.1"));
    }

    @Test
    void shouldUseIpv4OnlyAndReportOthers() {
        network.put("both", at("2001:db8::1", "10.0.0.1"));
        network.put("six", at("2001:db8::6"));
        look(host -> host.contains(":") ? InetAddress.getAllByName(host) : lookUp(host), "both", "six", "fe80::1");

        awaitFound("both", at("10.0.0.1"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log.messages()).hasSize(2));
        assertThat(found("six")).isEmpty();
        assertThat(found("fe80::1")).isEmpty();
        assertThat(log.messages()).allMatch(message -> message.contains("has no IPv4 address"));
    }

    @Test
    void shouldNotWaitForANameServerThatDoesNotAnswer() {
        CountDownLatch answer = new CountDownLatch(1);
        look(
                host -> {
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return lookUp(host);
                },
                "arm");

        assertThat(found("arm")).isEmpty();

        network.put("arm", at("10.0.0.1"));
        answer.countDown();
        awaitFound("arm", at("10.0.0.1"));
    }

    @Test
    void shouldGoOnAfterALookupThatBreaks() {
        network.put("leg", at("10.0.0.2"));
        look(
                host -> {
                    if (host.equals("arm")) {
                        throw new IllegalStateException("broken");
                    }
                    return lookUp(host);
                },
                "arm",
                "leg");

        awaitFound("leg", at("10.0.0.2"));
        assertThat(log.messages()).singleElement().asString().contains("arm", "broken");
    }
}
