package io.vyra.modulemanager.ros2.connection;

import io.vyra.modulemanager.ros.RosBridge;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what goes over the bridge. Thread-safe. */
public final class BridgeMeter {
    private final AtomicInteger echoes = new AtomicInteger();
    private final LongAdder echoed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder published = new LongAdder();
    private final LongAdder called = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** Takes one of the places for echoes; whether there was one. */
    public boolean takeEcho(int most) {
        int before = echoes.getAndUpdate(now -> Math.min(most, now + 1));
        return before < most;
    }

    public void leaveEcho() {
        echoes.decrementAndGet();
    }

    public void echoed() {
        echoed.increment();
    }

    public void dropped(long count) {
        dropped.add(count);
    }

    public void published() {
        published.increment();
    }

    public void called() {
        called.increment();
    }

    public void answered() {
        answered.increment();
    }

    public void refused() {
        refused.increment();
    }

    public RosBridge.Counters read() {
        return new RosBridge.Counters(
                echoes.get(),
                echoed.sum(),
                dropped.sum(),
                published.sum(),
                called.sum(),
                answered.sum(),
                refused.sum());
    }
}
