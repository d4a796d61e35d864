package io.vyra.modulemanager.benchmark.zenoh;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.router.RouterListener;
import io.vyra.zenoh.router.RouterListenerSettings;
import io.vyra.zenoh.router.RouterSettings;
import io.vyra.zenoh.router.ZenohRouter;
import io.vyra.zenoh.session.Locality;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.Publisher;
import io.vyra.zenoh.session.QueryOptions;
import io.vyra.zenoh.session.Reply;
import io.vyra.zenoh.session.SessionListener;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * One process of the Zenoh benchmark with this project's implementation; {@code zenoh_side.py} is the same with the reference implementation.
 * It reads commands from standard input, one a line, fields separated by tabs, and answers each with a line: {@code done} with what was
 * found, or {@code failed} with the reason. {@link System#nanoTime} is Linux' monotonic clock, which all processes of a machine share.
 */
public final class JavaSide {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final PublishOptions BLOCKING = PublishOptions.DEFAULT.blocking();

    private final Map<String, ZenohSession> sessions = new HashMap<>();
    private final Map<String, Listener> listeners = new HashMap<>();

    private JavaSide() {}

    public static void main(String[] arguments) throws Exception {
        JavaSide side = new JavaSide();
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            try {
                String found = side.obey(List.of(line.split("\t", -1)));
                answers.println(found.isEmpty() ? "done" : "done\t" + found);
            } catch (Exception e) { // The edge: whoever gave the command reports it.
                answers.println("failed\t" + e.toString().replace('\n', ' '));
            }
        }
        // Whatever was opened ends with the process.
        System.exit(0);
    }

    private String obey(List<String> words) throws Exception {
        switch (words.getFirst()) {
            case "route" -> {
                return route(words.get(1), Endpoint.parse(words.get(2)));
            }
            case "connect" ->
                sessions.put(
                        words.get(1),
                        ZenohSession.open(SessionSettings.client(Endpoint.parse(words.get(2))), PATIENCE));
            case "answer" -> answer(session(words), words.get(2));
            case "ask" -> {
                return ask(session(words), words.get(2), number(words, 3), number(words, 4));
            }
            case "listen" -> listen(session(words), words.get(2), words.get(3).equals("stamped"));
            case "expect" -> listeners.get(words.get(1)).expect(number(words, 2));
            case "flood" -> flood(session(words), words.get(2), number(words, 3), number(words, 4));
            case "pace" -> pace(session(words), words.get(2), number(words, 3), number(words, 4), number(words, 5));
            case "arrived" -> {
                return listeners.get(words.get(1)).arrived(number(words, 2));
            }
            default -> throw new IllegalArgumentException("There is no command " + words.getFirst());
        }
        return "";
    }

    private ZenohSession session(List<String> words) {
        return sessions.get(words.get(1));
    }

    private static int number(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }

    private String route(String name, Endpoint endpoint) throws Exception {
        ZenohRouter router =
                ZenohRouter.open(RouterSettings.of(RouterListenerSettings.open(endpoint)), RouterListener.NONE);
        ZenohSession own = router.openSession(SessionSettings.client(endpoint), SessionListener.NONE);
        if (!own.awaitConnection(PATIENCE)) {
            throw new IllegalStateException("The router's own session was not attached within " + PATIENCE);
        }
        sessions.put(name, own);
        return router.endpoints().getFirst().toString();
    }

    private static void answer(ZenohSession session, String key) {
        KeyExpression expression = KeyExpression.of(key);
        session.declareQueryable(
                expression,
                false,
                Locality.ANY,
                query -> query.reply(expression, query.payload().orElse(Bytes.EMPTY), PublishOptions.DEFAULT));
    }

    /** How long each question took that was answered, until it was over. */
    private static String ask(ZenohSession session, String key, int size, int count) throws InterruptedException {
        QueryOptions options = QueryOptions.DEFAULT
                .withTimeout(Duration.ofSeconds(5))
                .withPayload(Bytes.wrap(new byte[size]), Encoding.BYTES);
        long[] times = new long[count];
        int answered = 0;
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            List<Reply> replies = session.get(key, options).all();
            if (replies.stream().anyMatch(Reply.Success.class::isInstance)) {
                times[answered++] = System.nanoTime() - begin;
            }
        }
        return joined(Arrays.stream(times).limit(answered));
    }

    private void listen(ZenohSession session, String key, boolean isStamped) {
        Listener listener = new Listener(isStamped);
        listeners.put(key, listener);
        session.declareSubscriber(key, listener);
    }

    private static void flood(ZenohSession session, String key, int size, int count) {
        Bytes payload = Bytes.wrap(new byte[size]);
        try (Publisher publisher = session.declarePublisher(KeyExpression.of(key), BLOCKING)) {
            for (int i = 0; i < count; i++) {
                publisher.put(payload);
            }
        }
    }

    private static void pace(ZenohSession session, String key, int size, int rate, int count) {
        try (Publisher publisher = session.declarePublisher(KeyExpression.of(key), BLOCKING)) {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long due = begin + i * 1_000_000_000L / rate;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                ByteBuffer payload = ByteBuffer.allocate(size).putLong(System.nanoTime());
                publisher.put(Bytes.wrap(payload.array()));
            }
        }
    }

    static String joined(LongStream numbers) {
        return numbers.mapToObj(Long::toString).collect(Collectors.joining(","));
    }
}
