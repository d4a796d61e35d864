package io.vyra.modulemanager.benchmark.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a fixed rate, whatever the server does. A request's latency counts from the moment it was due, not from the moment a
 * connection was free for it: a stall is felt by every request that was due meanwhile (no coordinated omission).
 */
final class OpenLoop {
    private final int port;
    private final String token;
    private final int connections;
    private final int perSecond;

    OpenLoop(int port, String token, int connections, int perSecond) {
        this.port = port;
        this.token = token;
        this.connections = connections;
        this.perSecond = perSecond;
    }

    /**
     * @param milliseconds from due to the last byte of the answer, in the order the requests were due
     * @param sentLate     milliseconds each request was sent after it was due
     * @param bytes        body of one answer
     */
    record Latencies(double[] milliseconds, double[] sentLate, long bytes) {}

    /** @throws IllegalStateException when an answer is not 200 */
    Latencies get(String path, Duration duration) throws IOException, InterruptedException {
        int count = (int) (duration.toMillis() * perSecond / 1_000);
        double[] milliseconds = new double[count];
        double[] sentLate = new double[count];
        long[] bytes = new long[count];
        AtomicInteger next = new AtomicInteger();
        List<KeepAliveConnection> open = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                open.add(new KeepAliveConnection(port, token));
            }
            long begin = System.nanoTime() + 10_000_000;
            List<Future<?>> ends = new ArrayList<>();
            for (KeepAliveConnection connection : open) {
                ends.add(threads.submit(() -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        long due = begin + i * 1_000_000_000L / perSecond;
                        parkUntil(due);
                        sentLate[i] = (System.nanoTime() - due) / 1e6;
                        KeepAliveConnection.Response response = connection.get(path);
                        milliseconds[i] = (System.nanoTime() - due) / 1e6;
                        if (response.status() != 200) {
                            throw new IllegalStateException(path + " answered " + response.status());
                        }
                        bytes[i] = response.bytes();
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            return new Latencies(milliseconds, sentLate, bytes[count - 1]);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load broke off", e.getCause());
        } finally {
            for (KeepAliveConnection connection : open) {
                connection.close();
            }
        }
    }

    private static void parkUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
