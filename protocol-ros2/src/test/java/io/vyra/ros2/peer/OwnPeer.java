package io.vyra.ros2.peer;

import io.vyra.ros2.graph.ContextSettings;
import io.vyra.ros2.graph.RosContext;
import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.graph.ServiceClient;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.participant.DataReader;
import io.vyra.ros2.rtps.participant.DataWriter;
import io.vyra.ros2.rtps.participant.Participant;
import io.vyra.ros2.rtps.participant.ParticipantSettings;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.transport.DiscoverySettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This library as a peer; see src/test/dds/README.md for what of it this one can be told. */
public final class OwnPeer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ALIVE = Pattern.compile("alive=(\\d+)");
    private static final TypeName ADD = TypeName.parse("example_interfaces/srv/AddTwoInts");

    private final DiscoverySettings discovery;
    private final Participant participant;
    private final Map<String, DataWriter> writers = new HashMap<>();
    private final Map<String, DataReader> readers = new HashMap<>();
    private RosNode node;

    private OwnPeer(DiscoverySettings discovery, Duration lease) throws IOException {
        this.discovery = discovery;
        this.participant =
                Participant.open(ParticipantSettings.of(discovery, "peer", "").withLease(lease));
    }

    public static void main(String[] arguments) throws IOException {
        OwnPeer peer = new OwnPeer(
                discovery(Integer.parseInt(arguments[0]), arguments[1]),
                Duration.ofMillis(Long.parseLong(arguments[2])));
        say("ready", arguments[0]);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            List<String> words = List.of(line.split("\t", -1));
            try {
                peer.obey(words);
                say("done", words.getFirst());
            } catch (Exception e) { // The edge: the test shall see it.
                say("failed", words.getFirst(), e.toString());
            }
        }
        peer.participant.close();
        // Whatever else was opened ends with the process.
        System.exit(0);
    }

    private static DiscoverySettings discovery(int domain, String way) {
        return switch (way) {
            case "unicast" -> Domains.localhost(domain);
            case "multicast" -> new DiscoverySettings(domain, DiscoverySettings.Range.SUBNET, List.of());
            case "variables" -> DiscoverySettings.of(System.getenv());
            default -> throw new IllegalArgumentException("There is no such way: " + way);
        };
    }

    private static synchronized void say(String... fields) {
        System.out.println(String.join("\t", fields));
        System.out.flush();
    }

    private void obey(List<String> words) throws Exception {
        switch (words.getFirst()) {
            case "writer" ->
                writers.put(
                        words.get(1),
                        participant.createWriter(words.get(2), type(words.get(3)), qos(words.get(4)), ""));
            case "reader" -> read(words.get(1), words.get(2), words.get(3), qos(words.get(4)));
            case "write" -> writers.get(words.get(1)).write(Payloads.text(words.get(2)));
            case "counting" -> {
                byte[] payload = Payloads.counting(Integer.parseInt(words.get(2)));
                for (int i = 0; i < Integer.parseInt(words.get(3)); i++) {
                    requireTime(writers.get(words.get(1)).write(payload) > 0, "written");
                }
            }
            case "matched" -> awaitMatched(words.get(1), found -> found >= Integer.parseInt(words.get(2)));
            case "alone" -> awaitMatched(words.get(1), found -> found == 0);
            case "serve" ->
                node().createService(
                                words.get(2),
                                ADD,
                                request -> Map.of("sum", (Long) request.get("a") + (Long) request.get("b")));
            case "calls" -> call(words.get(1), words.get(2), Integer.parseInt(words.get(3)));
            default -> throw new IllegalArgumentException("There is no such command");
        }
    }

    private static String type(String name) {
        return name.equals("String") ? Payloads.STRING : Payloads.BLOB;
    }

    private static Qos qos(String words) {
        Qos qos = words.contains("best_effort") ? Qos.DEFAULT.bestEffort() : Qos.DEFAULT;
        qos = words.contains("transient_local") ? qos.transientLocal() : qos;
        qos = words.contains("keep_all") ? qos.keepAll() : qos;
        Matcher alive = ALIVE.matcher(words);
        return alive.find()
                ? qos.withLiveliness(Qos.Liveliness.AUTOMATIC, Duration.ofMillis(Long.parseLong(alive.group(1))))
                : qos;
    }

    private void read(String name, String topic, String type, Qos qos) {
        readers.put(
                name,
                participant.createReader(
                        topic, type(type), qos, "", sample -> say("sample", name, describe(type, sample.payload()))));
    }

    private static String describe(String type, Slice payload) {
        return type.equals("String") ? Payloads.text(payload) : Payloads.described(payload);
    }

    private void awaitMatched(String name, IntPredicate isEnough) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isEnough.test(
                writers.containsKey(name)
                        ? writers.get(name).matched()
                        : readers.get(name).matched())) {
            requireTime(System.nanoTime() < deadline, "matched");
            Thread.sleep(1);
        }
    }

    private static void requireTime(boolean isInTime, String what) {
        if (!isInTime) {
            throw new IllegalStateException("It was not " + what + " in time");
        }
    }

    private RosNode node() throws IOException {
        if (node == null) {
            node = RosContext.open(ContextSettings.of(discovery, "peer")).createNode("/", "peer");
        }
        return node;
    }

    private void call(String name, String service, int count) throws Exception {
        ServiceClient client = node().createClient(service, ADD);
        int answered = 0;
        for (long i = 0; i < count; i++) {
            if (client.call(Map.of("a", i, "b", 1L), PATIENCE).equals(Map.of("sum", i + 1))) {
                answered++;
            }
        }
        say("called", name, String.valueOf(answered));
    }
}
