package io.vyra.modulemanager.benchmark.service;

import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Event streams to many clients, some of which never read: nothing lost for those that do, and no memory held for those that do not. */
public final class EventsBenchmark implements Benchmark {
    private static final int MODULES = 8;

    /** How often each module is started and stopped again: about 100 events a second together, far more than a robot's day has. */
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private static final double ALLOWED_HEAP_MEBIBYTES = 4;
    private static final double ALLOWED_RSS_MEBIBYTES = 16;
    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    /** Small enough to be filled before the first round ends, so that what grows later is not the heap itself. */
    private static final List<String> HEAP = List.of("-Xmx128m", "-Xms128m", "-XX:+AlwaysPreTouch");

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String title() {
        return "Events (SSE) to 50 clients, 10 of which never read: no loss for the others, flat memory";
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        InstalledModules installed = InstalledModules.make(scene, scene.emptyFolder("e"), MODULES);
        List<EventStream> live = new ArrayList<>();
        List<EventStream> stalled = new ArrayList<>();
        try (Service service = Service.start(scene, installed.data(), HEAP);
                ApiClient api = ApiClient.logIn(service)) {
            try {
                measure(scene.scale(), service, api, installed.modules(), live, stalled, findings);
            } finally {
                for (EventStream stream : live) {
                    stream.close();
                }
                for (EventStream stream : stalled) {
                    stream.close();
                }
            }
        }
    }

    private static void measure(
            Scale scale,
            Service service,
            ApiClient api,
            List<String> modules,
            List<EventStream> live,
            List<EventStream> stalled,
            Findings findings)
            throws Exception {
        // One more than asked for: the reference that the others are compared with.
        int readers = scale.eventClients() - scale.stalledClients() + 1;
        for (int i = 0; i < readers; i++) {
            live.add(EventStream.reading(service.port(), api.token()));
        }
        for (int i = 0; i < scale.stalledClients(); i++) {
            stalled.add(EventStream.stalled(service.port(), api.token()));
        }
        await("every stream to begin", () -> live.stream().allMatch(stream -> stream.count() > 0));
        long begunAt = live.stream().mapToLong(EventStream::newest).max().orElseThrow();
        double[] heap = new double[scale.eventRounds()];
        double[] rss = new double[scale.eventRounds()];
        long began = System.nanoTime();
        for (int round = 0; round < scale.eventRounds(); round++) {
            int wanted = (round + 1) * scale.eventsPerRound();
            drive(api, modules, () -> live.getFirst().count() >= wanted);
            heap[round] = service.heapMebibytes();
            rss[round] = service.rssMebibytes();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        settle(live);

        EventStream reference = live.getFirst();
        Set<Long> expected = new HashSet<>(reference.seen());
        expected.removeIf(id -> id <= begunAt);
        long missing = 0;
        for (EventStream stream : live) {
            Set<Long> lost = new HashSet<>(expected);
            lost.removeAll(stream.seen());
            missing += lost.size();
        }
        // Ids have no holes: what the reference itself did not see is found too.
        long holes = reference.newest() - begunAt - expected.size();
        findings.verdict("events lost by the clients that read", missing + holes, "", 0);
        findings.verdict(
                "gaps told to the clients that read",
                live.stream().mapToLong(EventStream::gaps).sum(),
                "",
                0);
        findings.verdict(
                "streams of reading clients that ended",
                live.stream().filter(EventStream::hasEnded).count(),
                "",
                0);
        findings.verdict(
                "heap growth, first to last round", heap[heap.length - 1] - heap[0], "MiB", ALLOWED_HEAP_MEBIBYTES);
        findings.verdict("RSS growth, first to last round", rss[rss.length - 1] - rss[0], "MiB", ALLOWED_RSS_MEBIBYTES);
        findings.fact("clients", (readers - 1) + " that read, " + stalled.size() + " that do not, 1 reference");
        findings.fact(
                "events",
                String.format(
                        Locale.ROOT,
                        "%d to each client, %.0f a second, %.1f MB each",
                        expected.size(),
                        expected.size() / seconds,
                        reference.bytes() / 1e6));
        findings.fact("heap after a full collection, by round", series(heap));
        findings.fact("RSS, by round", series(rss));
        findings.note(
                "The events are those of " + MODULES + " modules that are started and stopped every "
                        + PERIOD.toSeconds() + " s. A client that does not read has a receive buffer of "
                        + "4 KiB; the service disconnects it after 30 s without progress. Ids have no holes, so that an event nobody saw is found too.");
        findings.note(
                "The service's heap is fixed at 128 MiB and touched at the start, so that RSS shows what lies outside it.");
    }

    /** Starts and stops all modules, each in its rhythm, until enough events have arrived. */
    private static void drive(ApiClient api, List<String> modules, BooleanSupplier enough) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> drivers = new ArrayList<>();
            for (String module : modules) {
                drivers.add(threads.submit(() -> {
                    while (!enough.getAsBoolean()) {
                        long next = System.nanoTime() + PERIOD.toNanos();
                        finish(api, api.command(module, "start").path("id").asText());
                        finish(api, api.command(module, "stop").path("id").asText());
                        for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                            LockSupport.parkNanos(left);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> driver : drivers) {
                driver.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("no more events could be made", e.getCause());
        }
    }

    private static void finish(ApiClient api, String operation) throws IOException, InterruptedException {
        while (true) {
            String status = api.get("operations/" + operation).path("status").asText();
            switch (status) {
                case "pending", "running" -> LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                case "succeeded" -> {
                    return;
                }
                default -> throw new IllegalStateException("operation " + operation + " ended as " + status);
            }
        }
    }

    /** Until all streams are equally far. */
    private static void settle(List<EventStream> live) {
        long end = System.nanoTime() + SETTLING.toNanos();
        while (live.stream().mapToLong(EventStream::newest).distinct().count() > 1 && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + SETTLING.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private static String series(double[] mebibytes) {
        return Arrays.stream(mebibytes)
                        .mapToObj(value -> String.format(Locale.ROOT, "%.1f", value))
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("")
                + " MiB";
    }
}
