package io.vyra.ros2.rtps.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Finds out the addresses of static peers, and keeps looking: a host may come up later than this participant, and may get another address.
 * Names are looked up in a thread of their own, as a name server may take its time. Thread-safe.
 */
final class PeerAddresses implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PeerAddresses.class.getName());

    private final List<StaticPeer> names;
    private final Lookup lookup;
    private final Pace pace;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<StaticPeer, String> problems = new HashMap<>();

    /** Replaced as a whole, in the order of the settings. */
    private volatile Map<StaticPeer, List<InetAddress>> found;

    /** Asks for the addresses of a name. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /**
     * How often names are looked up.
     *
     * @param missing while one of them has no address; the JDK itself remembers for ten seconds that there is none
     * @param known   when all of them have one
     */
    record Pace(Duration missing, Duration known) {
        static final Pace DEFAULT = new Pace(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    PeerAddresses(List<StaticPeer> peers, Lookup lookup, Pace pace) {
        this.lookup = lookup;
        this.pace = pace;
        this.names = peers.stream().filter(peer -> !peer.isAddress()).distinct().toList();
        Map<StaticPeer, List<InetAddress>> all = new LinkedHashMap<>();
        peers.forEach(peer -> all.put(peer, List.of()));
        found = all;
        peers.stream().filter(StaticPeer::isAddress).forEach(this::resolve);
    }

    /** Starts to look names up; without any there is no thread. */
    void start(String name) {
        if (!names.isEmpty()) {
            Thread.ofPlatform().name(name + "-peers").daemon().start(this::run);
        }
    }

    private void run() {
        try {
            Duration pause;
            do {
                names.forEach(this::resolve);
                pause = names.stream().anyMatch(problems::containsKey) ? pace.missing() : pace.known();
            } while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A name that has no address any more keeps the last one: a name server that is down takes nobody out of the graph. */
    private void resolve(StaticPeer peer) {
        try {
            InetAddress[] all = lookup.of(peer.host());
            List<InetAddress> usable =
                    Arrays.stream(all).filter(Inet4Address.class::isInstance).toList();
            if (usable.isEmpty()) {
                report(peer, "it has no IPv4 address, only " + Arrays.toString(all));
            } else {
                Map<StaticPeer, List<InetAddress>> next = new LinkedHashMap<>(found);
                next.put(peer, usable);
                found = next;
                if (problems.remove(peer) != null) {
                    LOG.log(System.Logger.Level.INFO, "The static peer {0} is at {1} now", peer, usable);
                }
            }
        } catch (UnknownHostException e) {
            report(peer, "its name has no address");
        } catch (RuntimeException e) {
            // The thread's edge: the other names are still to be looked up.
            report(peer, "it could not be looked up: " + e);
        }
    }

    private void report(StaticPeer peer, String problem) {
        if (!problem.equals(problems.put(peer, problem))) {
            List<InetAddress> last = found.get(peer);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The static peer {0} cannot be found: {1}. {2}. It is looked up again and again; if it should be there"
                            + " already, correct ROS_STATIC_PEERS",
                    peer,
                    problem,
                    last.isEmpty() ? "Nobody is looked for there" : "Its last address is still used: " + last);
        }
    }

    /** Whom to announce a participant to, as far as it is known now. */
    Map<StaticPeer, List<InetAddress>> found() {
        return found;
    }

    /** Ends it; a lookup that is under way is not waited for. */
    @Override
    public void close() {
        closed.countDown();
    }
}
