package io.vyra.modulemanager.benchmark.zenoh;

import io.vyra.zenoh.session.Sample;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Counts what arrives, or notes how long ago the first eight bytes say that it was sent. */
final class Listener implements Consumer<Sample> {
    private final boolean isStamped;
    private long[] latencies = {};
    private int wanted;
    private int count;
    private long first;
    private long last;
    private CountDownLatch complete = new CountDownLatch(1);

    Listener(boolean isStamped) {
        this.isStamped = isStamped;
    }

    /** Begins anew. */
    synchronized void expect(int newWanted) {
        wanted = newWanted;
        count = 0;
        first = 0;
        last = 0;
        latencies = new long[isStamped ? newWanted : 0];
        complete = new CountDownLatch(1);
    }

    @Override
    public synchronized void accept(Sample sample) {
        long now = System.nanoTime();
        if (isStamped && count < latencies.length) {
            latencies[count] = now - sample.payload().toBuffer().getLong();
        }
        if (count == 0) {
            first = now;
        }
        count++;
        if (count == wanted) {
            last = now;
            complete.countDown();
        }
    }

    /** How many arrived in time, over how long, and how long each was under way. */
    String arrived(long patienceMilliseconds) throws InterruptedException {
        CountDownLatch waited;
        synchronized (this) {
            waited = complete;
        }
        // What is missing shows in the count.
        boolean isComplete = waited.await(patienceMilliseconds, TimeUnit.MILLISECONDS);
        synchronized (this) {
            return String.join(
                    "\t",
                    Integer.toString(isComplete ? wanted : count),
                    Long.toString(last - first),
                    JavaSide.joined(Arrays.stream(latencies).limit(count)));
        }
    }
}
