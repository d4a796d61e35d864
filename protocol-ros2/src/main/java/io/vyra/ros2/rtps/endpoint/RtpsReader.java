package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.NumberSet;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A reader and its matched writers (the stateful reader of DDSI-RTPS 2.5 §8.4.12). Samples of a writer are handed on in their order, each at
 * most once; a reliable reader hands on every one that the writer still has.
 *
 * <p>What comes too early or in fragments is kept within the writer's {@link MemoryBudget}, and left for later when that is spent.
 */
public final class RtpsReader {
    private static final int MOST_EARLY = 512;
    private static final int MOST_ASSEMBLIES = 16;

    private final Environment environment;
    private final Guid guid;
    private final Qos qos;
    private final int largestSample;
    private final Sink sink;
    private final Map<Guid, WriterProxy> writers = new LinkedHashMap<>();
    private long lost;
    private long refused;

    /** Is given samples in their order, under the participant's lock. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param pooled the payload's array when it is one of the pool, which the sink gives back; null when it is the packet's
         */
        void accept(ReceivedSample sample, byte[] pooled);
    }

    /**
     * @param largestSample in bytes
     */
    public RtpsReader(Environment environment, Guid guid, Qos qos, int largestSample, Sink sink) {
        this.environment = environment;
        this.guid = guid;
        this.qos = qos;
        this.largestSample = largestSample;
        this.sink = sink;
    }

    public Guid guid() {
        return guid;
    }

    public Qos qos() {
        return qos;
    }

    public boolean isMatched(Guid writer) {
        return writers.containsKey(writer);
    }

    public Set<Guid> writers() {
        return Set.copyOf(writers.keySet());
    }

    public int matched() {
        return writers.size();
    }

    /** How many samples never came. */
    public long lost() {
        return lost;
    }

    /** How many samples were too large or beyond the budget. */
    public long refused() {
        return refused;
    }

    /** Starts to read from a writer. */
    public void match(Guid writer, Destination destination, MemoryBudget budget) {
        unmatch(writer);
        WriterProxy proxy = new WriterProxy(writer, destination, budget);
        writers.put(writer, proxy);
        if (qos.isReliable()) {
            // Asks for a heartbeat: the one that the writer sent by itself may have come before this reader knew of it.
            ask(proxy, false);
            askBy(proxy, environment.now() + proxy.interval);
        }
    }

    /** Ends to read from a writer. */
    public void unmatch(Guid writer) {
        WriterProxy proxy = writers.remove(writer);
        if (proxy != null) {
            proxy.early.values().forEach(early -> drop(proxy, early));
            proxy.assemblies.values().forEach(assembly -> drop(proxy, assembly));
        }
    }

    private void drop(WriterProxy proxy, WriterProxy.Early early) {
        if (early.sample() != null) {
            byte[] array = early.sample().payload().array();
            proxy.budget.give(array.length);
            environment.pool().give(array);
        }
    }

    private void drop(WriterProxy proxy, FragmentAssembly assembly) {
        proxy.budget.give(assembly.array().length);
        environment.pool().give(assembly.array());
    }

    /** A sample came. */
    public void data(Guid writer, Submessage.Data data, long timestamp) {
        WriterProxy proxy = writers.get(writer);
        if (proxy == null || data.sequence() < proxy.next) {
            return;
        }
        ReceivedSample sample =
                new ReceivedSample(writer, data.sequence(), timestamp, data.inlineQos(), data.payload(), data.isKey());
        arrived(proxy, sample, null);
    }

    private void arrived(WriterProxy proxy, ReceivedSample sample, byte[] pooled) {
        long number = sample.sequence();
        if (!qos.isReliable()) {
            lost += proxy.isHeard ? number - proxy.next : 0;
            proxy.isHeard = true;
            skipTo(proxy, number);
            proxy.next = number + 1;
            sink.accept(sample, pooled);
            return;
        }
        if (number == proxy.next) {
            proxy.next++;
            proxy.interval = WriterProxy.SOON;
            sink.accept(sample, pooled);
            drain(proxy);
            askSoon(proxy);
            return;
        }
        keep(proxy, sample, pooled);
        proxy.last = Math.max(proxy.last, number);
        if (proxy.isHeard && proxy.askAt == Long.MAX_VALUE) {
            ask(proxy, true);
        }
    }

    /** There was progress: what is still missing is asked for without the patience that was gained by asking in vain. */
    private void askSoon(WriterProxy proxy) {
        if (proxy.next <= proxy.last && proxy.askAt != Long.MAX_VALUE) {
            long soon = environment.now() + WriterProxy.SOON;
            if (soon < proxy.askAt) {
                askBy(proxy, soon);
            }
        }
    }

    private void keep(WriterProxy proxy, ReceivedSample sample, byte[] pooled) {
        boolean isKnown = proxy.early.containsKey(sample.sequence());
        int length = sample.payload().length();
        byte[] array = pooled != null ? pooled : environment.pool().take(length);
        if (isKnown || proxy.early.size() >= MOST_EARLY || !proxy.budget.take(array.length)) {
            environment.pool().give(array);
            refused += isKnown ? 0 : 1;
            return;
        }
        if (pooled == null) {
            System.arraycopy(sample.payload().array(), sample.payload().offset(), array, 0, length);
        }
        proxy.early.put(
                sample.sequence(),
                new WriterProxy.Early(new ReceivedSample(
                        sample.writer(),
                        sample.sequence(),
                        sample.timestamp(),
                        sample.inlineQos(),
                        new Slice(array, 0, length),
                        sample.isKey())));
    }

    /** Hands on what was waiting for its turn. */
    private void drain(WriterProxy proxy) {
        while (!proxy.early.isEmpty() && proxy.early.firstKey() == proxy.next) {
            handOn(proxy, proxy.early.pollFirstEntry().getValue());
            proxy.next++;
        }
        while (!proxy.assemblies.isEmpty() && proxy.assemblies.firstKey() < proxy.next) {
            drop(proxy, proxy.assemblies.pollFirstEntry().getValue());
        }
    }

    private void handOn(WriterProxy proxy, WriterProxy.Early early) {
        if (early.sample() != null) {
            byte[] array = early.sample().payload().array();
            proxy.budget.give(array.length);
            sink.accept(early.sample(), array);
        }
    }

    /** What is before the number will not come any more; what of it has come is handed on. */
    private void skipTo(WriterProxy proxy, long number) {
        while (!proxy.early.isEmpty() && proxy.early.firstKey() < number) {
            handOn(proxy, proxy.early.pollFirstEntry().getValue());
        }
        proxy.next = Math.max(proxy.next, number);
        drain(proxy);
    }

    /** Fragments of a sample came. */
    public void fragments(Guid writer, Submessage.DataFrag fragments, long timestamp) {
        WriterProxy proxy = writers.get(writer);
        long number = fragments.sequence();
        if (proxy == null || number < proxy.next || proxy.early.containsKey(number)) {
            return;
        }
        FragmentAssembly assembly = proxy.assemblies.get(number);
        if (assembly == null) {
            assembly = startAssembly(proxy, fragments);
        }
        if (assembly == null || !assembly.fits(fragments)) {
            return;
        }
        assembly.add(fragments);
        proxy.interval = WriterProxy.SOON;
        if (assembly.isComplete()) {
            proxy.assemblies.remove(number);
            proxy.budget.give(assembly.array().length);
            Slice payload = new Slice(assembly.array(), 0, assembly.size());
            arrived(
                    proxy,
                    new ReceivedSample(writer, number, timestamp, fragments.inlineQos(), payload, false),
                    assembly.array());
        }
    }

    private FragmentAssembly startAssembly(WriterProxy proxy, Submessage.DataFrag fragments) {
        if (fragments.sampleSize() > largestSample) {
            refused++;
            if (qos.isReliable() && fragments.sequence() == proxy.next) {
                // It would be asked for again and again.
                skipTo(proxy, fragments.sequence() + 1);
            }
            return null;
        }
        if (proxy.assemblies.size() >= MOST_ASSEMBLIES) {
            if (fragments.sequence() > proxy.assemblies.lastKey() && qos.isReliable()) {
                return null;
            }
            drop(
                    proxy,
                    (qos.isReliable() ? proxy.assemblies.pollLastEntry() : proxy.assemblies.pollFirstEntry())
                            .getValue());
        }
        byte[] array = environment.pool().take((int) fragments.sampleSize());
        if (!proxy.budget.take(array.length)) {
            environment.pool().give(array);
            refused++;
            return null;
        }
        FragmentAssembly assembly = new FragmentAssembly(array, (int) fragments.sampleSize(), fragments.fragmentSize());
        proxy.assemblies.put(fragments.sequence(), assembly);
        return assembly;
    }

    /** A writer says which samples it has. */
    public void heartbeat(Guid writer, Submessage.Heartbeat heartbeat) {
        WriterProxy proxy = writers.get(writer);
        if (proxy == null || !qos.isReliable()) {
            return;
        }
        long now = environment.now();
        boolean isOld = proxy.isHeard && heartbeat.count() - proxy.lastHeartbeat <= 0;
        if (isOld && now - proxy.heardAt < WriterProxy.FORGET_COUNT) {
            return;
        }
        proxy.lastHeartbeat = heartbeat.count();
        proxy.heardAt = now;
        proxy.isHeard = true;
        if (heartbeat.first() > proxy.next) {
            if (proxy.next > 1) {
                lost += heartbeat.first() - proxy.next;
            }
            skipTo(proxy, heartbeat.first());
        }
        proxy.last = Math.max(proxy.last, heartbeat.last());
        if (!heartbeat.isFinal() || proxy.next <= proxy.last) {
            ask(proxy, true);
        } else {
            proxy.askAt = Long.MAX_VALUE;
        }
    }

    /** A writer says which fragments it has sent. */
    public void heartbeatFragments(Guid writer, Submessage.HeartbeatFrag heartbeat) {
        WriterProxy proxy = writers.get(writer);
        if (proxy == null || !qos.isReliable() || !proxy.isHeard || heartbeat.sequence() < proxy.next) {
            return;
        }
        FragmentAssembly assembly = proxy.assemblies.get(heartbeat.sequence());
        if (assembly != null) {
            askForFragments(proxy, heartbeat.sequence(), assembly, heartbeat.last());
        }
    }

    /** A writer says which samples will not come. */
    public void gap(Guid writer, Submessage.Gap gap) {
        WriterProxy proxy = writers.get(writer);
        if (proxy == null || !qos.isReliable()) {
            return;
        }
        if (gap.start() <= proxy.next) {
            skipTo(proxy, gap.gone().base());
        } else {
            for (long number = gap.start(); number < gap.gone().base(); number++) {
                if (proxy.early.size() >= MOST_EARLY) {
                    break;
                }
                proxy.early.putIfAbsent(number, WriterProxy.Early.GONE);
            }
        }
        gap.gone().forEach(number -> {
            if (number >= proxy.next && proxy.early.size() < MOST_EARLY) {
                proxy.early.putIfAbsent(number, WriterProxy.Early.GONE);
            }
        });
        drain(proxy);
    }

    /** Acknowledges what has come and asks for what has not. */
    private void ask(WriterProxy proxy, boolean isFinal) {
        NumberSet.Builder missing = new NumberSet.Builder(proxy.next);
        boolean isMissing = false;
        for (long number = proxy.next; number <= proxy.last; number++) {
            if (!proxy.early.containsKey(number) && !proxy.assemblies.containsKey(number) && !missing.add(number)) {
                break;
            }
            isMissing = true;
            if (number - proxy.next >= NumberSet.WIDEST) {
                break;
            }
        }
        environment
                .outbox()
                .to(proxy.destination)
                .add(new Submessage.AckNack(
                        guid.entity(), proxy.guid.entity(), missing.build(), ++proxy.acks, isFinal));
        proxy.assemblies.forEach((number, assembly) -> {
            if (number <= proxy.last) {
                askForFragments(proxy, number, assembly, Integer.MAX_VALUE);
            }
        });
        proxy.askAt = Long.MAX_VALUE;
        if (isMissing) {
            askBy(proxy, environment.now() + proxy.interval);
        }
    }

    private void askForFragments(WriterProxy proxy, long number, FragmentAssembly assembly, long last) {
        NumberSet missing = assembly.missing(last);
        if (missing.size() > 0) {
            environment
                    .outbox()
                    .to(proxy.destination)
                    .add(new Submessage.NackFrag(
                            guid.entity(), proxy.guid.entity(), number, missing, ++proxy.nackFrags));
        }
    }

    private void askBy(WriterProxy proxy, long time) {
        proxy.askAt = time;
        environment.wakeAt(time);
    }

    /** Asks again when that is due. The result is when the next time is. */
    public long run(long now) {
        long earliest = Long.MAX_VALUE;
        for (WriterProxy proxy : writers.values()) {
            if (proxy.askAt <= now) {
                proxy.interval = Math.min(proxy.interval * 2, WriterProxy.RARELY);
                boolean isMissing = proxy.next <= proxy.last;
                proxy.askAt = Long.MAX_VALUE;
                if (!proxy.isHeard || isMissing) {
                    ask(proxy, proxy.isHeard);
                    askBy(proxy, now + proxy.interval);
                }
            }
            earliest = Math.min(earliest, proxy.askAt);
        }
        return earliest;
    }
}
