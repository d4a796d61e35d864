package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.InlineQos;
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
 * <p>What comes too early or in fragments is kept within the writer's {@link MemoryBudget}, and left for later when that is spent; so is what is
 * early beyond the reader's {@link io.vyra.ros2.rtps.qos.ResourceLimits}. What is due is handed on and never kept.
 */
public final class RtpsReader {
    /** Of each writer, whatever the limits allow: it can hardly ask for what is further ahead. */
    private static final int MOST_EARLY = 512;

    private static final int MOST_ASSEMBLIES = 16;

    private final Environment environment;
    private final Guid guid;
    private final Qos qos;
    private final int largestSample;
    private final Sink sink;
    private final Map<Guid, WriterProxy> writers = new LinkedHashMap<>();

    /** No writer is to be asked before. */
    private long nextAsk = Long.MAX_VALUE;

    /** How many samples of all writers are kept, for they are early. */
    private int kept;

    private long lost;
    private long refused;

    /** Is given samples in their order, under the participant's lock. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param sample which the sink gives back
         */
        void accept(ReceivedSample sample);
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

    /** How many samples were too large, or beyond the budget or the limits. Of a reliable writer, what is only early is asked for again. */
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

    /** A writer is reached elsewhere from now on; what has come of it stays. Nothing is done when it is not matched. */
    public void move(Guid writer, Destination destination) {
        WriterProxy proxy = writers.get(writer);
        if (proxy != null) {
            proxy.destination = destination;
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
            kept--;
            proxy.budget.give(early.sample().pooled().length);
            environment.samples().give(early.sample());
        }
    }

    private void drop(WriterProxy proxy, FragmentAssembly assembly) {
        proxy.budget.give(assembly.array().length);
        environment.pool().give(assembly.array());
    }

    /** A sample came. */
    public void data(
            Guid writer,
            long sequence,
            long timestamp,
            InlineQos inlineQos,
            byte[] array,
            int offset,
            int length,
            boolean isKey) {
        WriterProxy proxy = writers.get(writer);
        if (proxy != null && sequence >= proxy.next) {
            arrived(
                    proxy,
                    environment
                            .samples()
                            .take(writer, sequence, timestamp, inlineQos, isKey)
                            .in(array, offset, length));
        }
    }

    private void arrived(WriterProxy proxy, ReceivedSample sample) {
        long number = sample.sequence();
        if (!qos.isReliable()) {
            lost += proxy.isHeard ? number - proxy.next : 0;
            proxy.isHeard = true;
            skipTo(proxy, number);
            proxy.next = number + 1;
            sink.accept(sample);
            return;
        }
        if (number == proxy.next) {
            proxy.next++;
            proxy.interval = WriterProxy.SOON;
            sink.accept(sample);
            drain(proxy);
            askSoon(proxy);
            return;
        }
        keep(proxy, sample);
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

    private void keep(WriterProxy proxy, ReceivedSample sample) {
        boolean isKnown = proxy.early.containsKey(sample.sequence());
        if (sample.pooled() == null) {
            Slice payload = sample.payload();
            byte[] array = environment.pool().take(payload.length());
            System.arraycopy(payload.array(), payload.offset(), array, 0, payload.length());
            sample.inOwn(array, payload.length());
        }
        if (isKnown
                || proxy.early.size() >= MOST_EARLY
                || kept >= qos.limits().most()
                || !proxy.budget.take(sample.pooled().length)) {
            environment.samples().give(sample);
            refused += isKnown ? 0 : 1;
            return;
        }
        kept++;
        proxy.early.put(sample.sequence(), new WriterProxy.Early(sample));
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
            kept--;
            proxy.budget.give(early.sample().pooled().length);
            sink.accept(early.sample());
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
            arrived(
                    proxy,
                    environment
                            .samples()
                            .take(writer, number, timestamp, fragments.inlineQos(), false)
                            .inOwn(assembly.array(), assembly.size()));
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
    public void heartbeat(Guid writer, long first, long last, int count, boolean isFinal) {
        WriterProxy proxy = writers.get(writer);
        if (proxy == null || !qos.isReliable()) {
            return;
        }
        long now = environment.now();
        boolean isOld = proxy.isHeard && count - proxy.lastHeartbeat <= 0;
        if (isOld && now - proxy.heardAt < WriterProxy.FORGET_COUNT) {
            return;
        }
        proxy.lastHeartbeat = count;
        proxy.heardAt = now;
        proxy.isHeard = true;
        if (first > proxy.next) {
            if (proxy.next > 1) {
                lost += first - proxy.next;
            }
            skipTo(proxy, first);
        }
        proxy.last = Math.max(proxy.last, last);
        if (!isFinal || proxy.next <= proxy.last) {
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
        if (proxy.next > proxy.last && proxy.assemblies.isEmpty()) {
            environment
                    .outbox()
                    .to(proxy.destination)
                    .acknowledgement(
                            guid.entity(),
                            proxy.guid.entity(),
                            proxy.isHeard ? proxy.next : proxy.beforeAnything(),
                            ++proxy.acks,
                            isFinal);
            proxy.askAt = Long.MAX_VALUE;
            return;
        }
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
        nextAsk = Math.min(nextAsk, time);
        environment.wakeAt(time);
    }

    /** Asks again when that is due. The result is when the next time is. */
    public long run(long now) {
        if (now < nextAsk) {
            return nextAsk;
        }
        nextAsk = Long.MAX_VALUE;
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
        nextAsk = earliest;
        return earliest;
    }
}
