package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.NumberSet;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A writer with its history and its matched readers (the stateful writer of DDSI-RTPS 2.5 §8.4.9).
 *
 * <p>A reliable reader is told what there is by heartbeats: soon after a sample, then less and less often until it has acknowledged all.
 * With keep-last, a sample that must make room before it was acknowledged is gone for good, which the reader is told; with keep-all,
 * {@link #hasRoom} says whether there is room.
 */
public final class RtpsWriter {
    /** How many samples a history holds at most. */
    static final int MOST_SAMPLES = 5_000;

    private static final long SOON = 10_000_000;
    private static final long RARELY = 1_000_000_000;
    private static final int RESEND_SAMPLES = 64;
    private static final int RESEND_FRAGMENTS = 12;

    private final Environment environment;
    private final Guid guid;
    private final Qos qos;
    private final History history = new History();
    private final Map<Guid, ReaderProxy> readers = new LinkedHashMap<>();
    private final Map<Destination, List<ReaderProxy>> destinations = new LinkedHashMap<>();
    private final Map<Guid, Destination> destinationOf = new LinkedHashMap<>();
    private final TreeSet<Long> passing = new TreeSet<>();
    private long sequence;
    private long interval = SOON;
    private long heartbeatAt = Long.MAX_VALUE;
    private long resent;

    public RtpsWriter(Environment environment, Guid guid, Qos qos) {
        this.environment = environment;
        this.guid = guid;
        this.qos = qos;
    }

    public Guid guid() {
        return guid;
    }

    public Qos qos() {
        return qos;
    }

    /** The number of the last sample. */
    public long sequence() {
        return sequence;
    }

    /** How many samples and fragments were sent again. */
    public long resent() {
        return resent;
    }

    public boolean isMatched(Guid reader) {
        return readers.containsKey(reader);
    }

    public Set<Guid> readers() {
        return Set.copyOf(readers.keySet());
    }

    /** Whether a reader has everything up to that number. */
    public boolean isAcknowledged(Guid reader, long number) {
        ReaderProxy proxy = readers.get(reader);
        return proxy != null && proxy.acknowledged >= number;
    }

    public int matched() {
        return readers.size();
    }

    /** Whether a sample can be written now. Only keep-all ever runs out of room. */
    public boolean hasRoom() {
        return qos.depth() > 0 || history.size() < MOST_SAMPLES;
    }

    /** Whether every reliable reader has everything. */
    public boolean isAcknowledged() {
        return readers.values().stream().allMatch(reader -> !reader.isReliable || reader.acknowledged >= sequence);
    }

    /** Writes a sample, which is copied. The result is its number. */
    public long write(Slice payload, InlineQos inlineQos, long timestamp, boolean isKey) {
        byte[] copy = environment.pool().take(payload.length());
        System.arraycopy(payload.array(), payload.offset(), copy, 0, payload.length());
        Change change = new Change(++sequence, timestamp, inlineQos, new Slice(copy, 0, payload.length()), isKey);
        history.add(change);
        boolean isUrgent =
                change.isFragmented() || history.size() > (qos.depth() == 0 ? MOST_SAMPLES : qos.depth()) / 2;
        destinations.forEach((destination, group) -> send(destination, group, change, isUrgent));
        if (hasReliableReaders()) {
            interval = SOON;
            heartbeatBy(environment.now() + interval);
        }
        makeRoom();
        return sequence;
    }

    private void send(Destination destination, List<ReaderProxy> group, Change change, boolean isUrgent) {
        if (group.stream().noneMatch(proxy -> proxy.isReady)) {
            return;
        }
        Outbox outbox = environment.outbox().to(destination).at(change.timestamp());
        EntityId reader = group.size() == 1 ? group.getFirst().guid.entity() : EntityId.UNKNOWN;
        write(outbox, change, reader);
        if (isUrgent) {
            group.stream().filter(proxy -> proxy.isReliable).forEach(proxy -> outbox.add(heartbeat(proxy, false)));
        }
    }

    private void write(Outbox outbox, Change change, EntityId reader) {
        if (change.isFragmented()) {
            for (int fragment = 1; fragment <= change.fragments(); fragment++) {
                outbox.add(fragment(change, reader, fragment));
            }
        } else {
            outbox.add(data(change, reader));
        }
    }

    private Submessage.Data data(Change change, EntityId reader) {
        return new Submessage.Data(
                reader, guid.entity(), change.sequence(), change.inlineQos(), change.payload(), change.isKey());
    }

    private Submessage.DataFrag fragment(Change change, EntityId reader, int fragment) {
        int offset = (fragment - 1) * Outbox.LARGEST_PAYLOAD;
        int length = Math.min(Outbox.LARGEST_PAYLOAD, change.payload().length() - offset);
        return new Submessage.DataFrag(
                reader,
                guid.entity(),
                change.sequence(),
                fragment,
                1,
                Outbox.LARGEST_PAYLOAD,
                change.payload().length(),
                change.inlineQos(),
                new Slice(change.payload().array(), offset, length));
    }

    private Submessage.Heartbeat heartbeat(ReaderProxy proxy, boolean isFinal) {
        if (!proxy.isReady) {
            long none = proxy.firstRelevant - 1;
            return new Submessage.Heartbeat(
                    proxy.guid.entity(), guid.entity(), none + 1, none, ++proxy.heartbeats, false, false);
        }
        long first = Math.max(history.first(), proxy.firstRelevant);
        return new Submessage.Heartbeat(
                proxy.guid.entity(),
                guid.entity(),
                Math.min(first, sequence + 1),
                sequence,
                ++proxy.heartbeats,
                isFinal,
                false);
    }

    /** Writes a sample that only those readers are to have that are matched now. */
    public void writeOnce(Slice payload, InlineQos inlineQos) {
        passing.add(write(payload, inlineQos, 0, true));
        forgetPassing();
    }

    private void forgetPassing() {
        long everybody = sequence;
        for (ReaderProxy reader : readers.values()) {
            everybody = reader.isReliable ? Math.min(everybody, reader.acknowledged) : everybody;
        }
        while (!passing.isEmpty() && passing.first() <= everybody) {
            forget(passing.pollFirst());
        }
    }

    /** Forgets a sample, for it has been replaced. */
    public void remove(long number) {
        forget(number);
    }

    private void forget(long number) {
        Change change = history.remove(number);
        if (change != null) {
            environment.pool().give(change.payload().array());
        }
    }

    private void makeRoom() {
        int depth = qos.depth() == 0 ? MOST_SAMPLES : qos.depth();
        while (history.size() > depth) {
            forget(history.first());
        }
        forgetPassing();
        if (!qos.isTransientLocal()) {
            long everybody = sequence;
            for (ReaderProxy reader : readers.values()) {
                everybody = reader.isReliable ? Math.min(everybody, reader.acknowledged) : everybody;
            }
            while (history.size() > 0 && history.first() <= everybody) {
                forget(history.first());
            }
        }
    }

    private boolean hasReliableReaders() {
        for (ReaderProxy reader : readers.values()) {
            if (reader.isReliable) {
                return true;
            }
        }
        return false;
    }

    /** Starts to write to a reader, from now on or from the first sample that is still there. */
    public void match(Guid reader, Destination destination, Qos requested) {
        unmatch(reader);
        boolean isFromFirst = qos.isTransientLocal() && requested.isTransientLocal();
        boolean isReliable = qos.isReliable() && requested.isReliable();
        ReaderProxy proxy =
                new ReaderProxy(reader, isReliable, isFromFirst ? 1 : sequence + 1, isFromFirst || !isReliable);
        readers.put(reader, proxy);
        destinationOf.put(reader, destination);
        destinations.computeIfAbsent(destination, _ -> new ArrayList<>()).add(proxy);
        if (proxy.isReliable) {
            environment.outbox().to(destination).add(heartbeat(proxy, false));
            interval = SOON;
            heartbeatBy(environment.now() + interval);
        }
    }

    /** Ends to write to a reader. */
    public void unmatch(Guid reader) {
        ReaderProxy proxy = readers.remove(reader);
        if (proxy != null) {
            Destination destination = destinationOf.remove(reader);
            List<ReaderProxy> group = destinations.get(destination);
            group.remove(proxy);
            if (group.isEmpty()) {
                destinations.remove(destination);
            }
            makeRoom();
        }
    }

    /** A reader says what it has and what it lacks. */
    public void acknowledge(Guid reader, Submessage.AckNack ack) {
        ReaderProxy proxy = readers.get(reader);
        if (proxy == null || !proxy.isReliable || ack.count() - proxy.lastAckCount <= 0 && proxy.lastAckCount != 0) {
            return;
        }
        proxy.lastAckCount = ack.count();
        proxy.acks++;
        if (!proxy.isReady) {
            welcome(proxy, ack);
            return;
        }
        long before = proxy.acknowledged;
        proxy.acknowledged = Math.max(before, Math.min(ack.missing().base() - 1, sequence));
        Destination destination = destinationOf.get(reader);
        boolean isInFragments = resend(proxy, destination, ack.missing());
        if (isInFragments || !ack.isFinal()) {
            environment.outbox().to(destination).add(heartbeat(proxy, !isInFragments));
        }
        if (proxy.acknowledged < sequence) {
            interval = proxy.acknowledged > before ? SOON : interval;
            heartbeatBy(environment.now() + interval);
        }
        makeRoom();
    }

    /** Sends a reader what it has missed since it was matched, once it answers a heartbeat and does not only ask for the first. */
    private void welcome(ReaderProxy proxy, Submessage.AckNack ack) {
        boolean isAnswer = ack.missing().base() >= proxy.firstRelevant
                && (ack.isFinal() || ack.missing().base() > 1 || proxy.acks > 1);
        Outbox outbox = environment.outbox().to(destinationOf.get(proxy.guid));
        if (!isAnswer) {
            outbox.add(heartbeat(proxy, false));
            return;
        }
        proxy.isReady = true;
        for (long number = Math.max(history.first(), proxy.firstRelevant); number <= history.last(); number++) {
            Change change = history.get(number);
            if (change != null) {
                write(outbox.at(change.timestamp()), change, proxy.guid.entity());
            }
        }
        outbox.add(heartbeat(proxy, false));
        if (proxy.acknowledged < sequence) {
            interval = SOON;
            heartbeatBy(environment.now() + interval);
        }
    }

    /** The result is whether fragments were among it, of which the reader will lack some more. */
    private boolean resend(ReaderProxy proxy, Destination destination, NumberSet missing) {
        Outbox outbox = environment.outbox().to(destination);
        long[] gone = {0, 0};
        int[] left = {RESEND_SAMPLES, RESEND_FRAGMENTS};
        missing.forEach(number -> {
            Change change = number < proxy.firstRelevant ? null : history.get(number);
            if (number > sequence || left[0] <= 0 || left[1] <= 0) {
                return;
            }
            left[0]--;
            if (change == null) {
                if (gone[1] != number) {
                    gap(outbox, proxy, gone);
                    gone[0] = number;
                }
                gone[1] = number + 1;
            } else if (change.isFragmented()) {
                outbox.at(change.timestamp());
                for (int fragment = 1; fragment <= change.fragments() && left[1] > 0; fragment++, left[1]--) {
                    outbox.add(fragment(change, proxy.guid.entity(), fragment));
                    resent++;
                }
            } else {
                outbox.at(change.timestamp()).add(data(change, proxy.guid.entity()));
                resent++;
            }
        });
        gap(outbox, proxy, gone);
        return left[1] < RESEND_FRAGMENTS;
    }

    /** Tells that the numbers from the first up to before the second are gone. */
    private void gap(Outbox outbox, ReaderProxy proxy, long[] gone) {
        if (gone[0] > 0) {
            outbox.add(new Submessage.Gap(proxy.guid.entity(), guid.entity(), gone[0], NumberSet.empty(gone[1])));
        }
    }

    /** A reader says which fragments it lacks. */
    public void resendFragments(Guid reader, Submessage.NackFrag nack) {
        ReaderProxy proxy = readers.get(reader);
        if (proxy == null
                || !proxy.isReliable
                || nack.count() - proxy.lastNackFragCount <= 0 && proxy.lastNackFragCount != 0) {
            return;
        }
        proxy.lastNackFragCount = nack.count();
        Change change = nack.sequence() < proxy.firstRelevant ? null : history.get(nack.sequence());
        Outbox outbox = environment.outbox().to(destinationOf.get(reader));
        if (change == null) {
            outbox.add(new Submessage.Gap(
                    proxy.guid.entity(), guid.entity(), nack.sequence(), NumberSet.empty(nack.sequence() + 1)));
            return;
        }
        outbox.at(change.timestamp());
        int[] left = {RESEND_FRAGMENTS};
        nack.missing().forEach(fragment -> {
            if (fragment <= change.fragments() && left[0]-- > 0) {
                outbox.add(fragment(change, proxy.guid.entity(), (int) fragment));
                resent++;
            }
        });
        outbox.add(heartbeat(proxy, false));
    }

    private void heartbeatBy(long time) {
        if (time < heartbeatAt) {
            heartbeatAt = time;
            environment.wakeAt(time);
        }
    }

    /** Sends heartbeats when they are due. The result is when the next ones are. */
    public long run(long now) {
        if (now < heartbeatAt) {
            return heartbeatAt;
        }
        boolean isOpen = false;
        for (var entry : destinations.entrySet()) {
            for (ReaderProxy proxy : entry.getValue()) {
                if (proxy.isReliable && (!proxy.isReady || proxy.acknowledged < sequence)) {
                    environment.outbox().to(entry.getKey()).add(heartbeat(proxy, false));
                    isOpen = true;
                }
            }
        }
        interval = Math.min(interval * 2, RARELY);
        heartbeatAt = isOpen ? now + interval : Long.MAX_VALUE;
        return heartbeatAt;
    }
}
