package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.NumberSet;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.qos.Qos;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A writer with its history and its matched readers (the stateful writer of DDSI-RTPS 2.5 §8.4.9).
 *
 * <p>A reliable reader is told what there is by heartbeats ({@link HeartbeatPace}) until it has acknowledged all. With keep-last, a sample that must
 * make room before it was acknowledged is gone for good, which the reader is told; with keep-all, {@link #hasRoom} says whether there is room, and
 * {@link #hasWindow} whether readers are likely to have room for it.
 */
public final class RtpsWriter {
    private final Environment environment;
    private final Guid guid;
    private final Qos qos;
    private final History history = new History();
    private final MatchedReaders readers = new MatchedReaders();
    private final Change.Spare spare = new Change.Spare();
    private final TreeSet<Long> passing = new TreeSet<>();
    private final ChangeSender sender;
    private final Resends resends;
    private final SendWindow window = new SendWindow();
    private final HeartbeatPace pace;
    private long sequence;
    private long burstAt = Long.MAX_VALUE;
    private int sentFragments;
    private boolean isSending;

    public RtpsWriter(Environment environment, Guid guid, Qos qos) {
        this.environment = environment;
        this.pace = new HeartbeatPace(environment);
        this.guid = guid;
        this.qos = qos;
        this.sender = new ChangeSender(guid.entity());
        this.resends = new Resends(environment, sender, history);
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
        return resends.resent();
    }

    public boolean isMatched(Guid reader) {
        return readers.get(reader) != null;
    }

    public Set<Guid> readers() {
        return readers.ids();
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
        return qos.depth() > 0 || history.size() < qos.most();
    }

    /**
     * Whether a sample that is written now is unlikely to overflow a reader's socket, as far as acknowledgements tell. Only keep-all ever waits
     * for that: with keep-last, what readers miss is replaced soon.
     */
    public boolean hasWindow() {
        if (qos.depth() > 0) {
            return true;
        }
        Change unacknowledged = history.get(readers.acknowledgedByReady(sequence) + 1);
        return unacknowledged == null || window.isOpen(unacknowledged.start());
    }

    /** Lets a whole window more be written, whether or not it is acknowledged: readers do not answer. */
    public void waiveWindow() {
        window.waive();
    }

    /** Whether every reliable reader has everything. */
    public boolean isAcknowledged() {
        return readers.acknowledgedByAll(sequence) >= sequence;
    }

    /** Writes a sample, which is copied. The result is its number. */
    public long write(Slice payload, InlineQos inlineQos, long timestamp, boolean isKey) {
        long number = begin(payload, inlineQos, timestamp, isKey);
        boolean isLeft = true;
        while (isLeft) {
            isLeft = proceed();
        }
        return number;
    }

    /** Begins to write a sample, which is copied; {@link #proceed} sends it. The result is its number. */
    public long begin(Slice payload, InlineQos inlineQos, long timestamp, boolean isKey) {
        byte[] copy = environment.pool().take(payload.length());
        System.arraycopy(payload.array(), payload.offset(), copy, 0, payload.length());
        Change change = spare.take(++sequence, timestamp, inlineQos, copy, payload.length(), isKey);
        change.startAt(window.send(change.length(), change.fragments()));
        history.add(change);
        sentFragments = 0;
        isSending = true;
        if (readers.isAnyReliable()) {
            pace.soon();
        }
        return sequence;
    }

    /**
     * Sends the sample that was begun, a large one in bursts that fit into a receiver's socket. The result is whether something is left to be
     * sent.
     */
    public boolean proceed() {
        Change change = history.get(sequence);
        if (change == null) {
            isSending = false;
            return false;
        }
        int last = Math.min(sentFragments + Resends.BURST, change.fragments());
        isSending = last < change.fragments();
        boolean isUrgent = !isSending && isToAsk(change);
        List<ReaderGroup> groups = readers.groups();
        for (int i = 0; i < groups.size(); i++) {
            send(groups.get(i), change, last, isUrgent);
        }
        sentFragments = last;
        if (!isSending) {
            makeRoom();
        }
        return isSending;
    }

    /** Whether readers are to say what they have once this sample is sent. */
    private boolean isToAsk(Change change) {
        if (change.isFragmented() || history.size() > qos.most() / 2) {
            window.asked();
            return true;
        }
        return qos.depth() == 0 && window.ask();
    }

    /** Whether a sample was begun that is not wholly sent. */
    public boolean isSending() {
        return isSending;
    }

    private void send(ReaderGroup group, Change change, int lastFragment, boolean isUrgent) {
        if (!group.isReady()) {
            return;
        }
        List<ReaderProxy> members = group.readers();
        Outbox outbox = environment.outbox().to(group.destination()).at(change.timestamp());
        EntityId reader = members.size() == 1 ? members.getFirst().guid.entity() : EntityId.UNKNOWN;
        sender.write(outbox, change, reader, sentFragments + 1, lastFragment);
        for (int i = 0; isUrgent && i < members.size(); i++) {
            if (members.get(i).isReliable) {
                heartbeat(members.get(i), false);
            }
        }
    }

    /** Tells a reader what there is. */
    private void heartbeat(ReaderProxy proxy, boolean isFinal) {
        Outbox outbox = environment.outbox().to(proxy.destination);
        EntityId reader = proxy.guid.entity();
        if (!proxy.isReady) {
            outbox.heartbeat(
                    reader, guid.entity(), proxy.firstRelevant, proxy.firstRelevant - 1, ++proxy.heartbeats, false);
            return;
        }
        // What is on its way need not be asked for.
        long last = isSending ? sequence - 1 : sequence;
        long first = Math.min(Math.max(history.first(), proxy.firstRelevant), last + 1);
        outbox.heartbeat(reader, guid.entity(), first, last, ++proxy.heartbeats, isFinal);
    }

    /** Writes a sample that only those readers are to have that are matched now. */
    public void writeOnce(Slice payload, InlineQos inlineQos) {
        passing.add(write(payload, inlineQos, 0, true));
        forgetPassing();
    }

    private void forgetPassing() {
        long everybody = passing.isEmpty() ? 0 : readers.acknowledgedByAll(sequence);
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
            environment.pool().give(change.payload());
            spare.give(change);
        }
    }

    private void makeRoom() {
        while (history.size() > qos.most()) {
            forget(history.first());
        }
        forgetPassing();
        if (!qos.isTransientLocal()) {
            long everybody = readers.acknowledgedByAll(sequence);
            while (history.size() > 0 && history.first() <= everybody) {
                forget(history.first());
            }
        }
    }

    /** Starts to write to a reader, from now on or from the first sample that is still there. */
    public void match(Guid reader, Destination destination, Qos requested) {
        unmatch(reader);
        boolean isFromFirst = qos.isTransientLocal() && requested.isTransientLocal();
        boolean isReliable = qos.isReliable() && requested.isReliable();
        ReaderProxy proxy = new ReaderProxy(
                reader, destination, isReliable, isFromFirst ? 1 : sequence + 1, isFromFirst || !isReliable);
        readers.add(proxy);
        if (proxy.isReliable) {
            heartbeat(proxy, false);
            pace.soon();
        }
    }

    /** A reader is reached elsewhere from now on; what it has and lacks stays. Nothing is done when it is not matched. */
    public void move(Guid reader, Destination destination) {
        readers.move(reader, destination);
    }

    /** Ends to write to a reader. */
    public void unmatch(Guid reader) {
        if (readers.remove(reader)) {
            makeRoom();
        }
    }

    /**
     * A reader says what it has and what it lacks.
     *
     * @param base it has everything before
     * @param missing none when it lacks nothing that it knows of
     */
    public void acknowledge(Guid reader, long base, NumberSet missing, int count, boolean isFinal) {
        ReaderProxy proxy = readers.get(reader);
        if (proxy == null || !proxy.isReliable || count - proxy.lastAckCount <= 0 && proxy.lastAckCount != 0) {
            return;
        }
        proxy.lastAckCount = count;
        proxy.acks++;
        if (!proxy.isReady) {
            welcome(proxy, base, isFinal);
            return;
        }
        long before = proxy.acknowledged;
        proxy.acknowledged = Math.max(before, Math.min(base - 1, sequence));
        resends.acknowledged(proxy, base);
        if (missing.size() > 0) {
            resends.ask(proxy, missing);
        }
        boolean isAnswered = proxy.isToAnswer;
        resend(proxy);
        if (!isAnswered && !isFinal) {
            heartbeat(proxy, true);
        }
        if (proxy.acknowledged < sequence) {
            // What it is sent again may be lost again, and the reader has to be asked to know.
            if (proxy.acknowledged > before || missing.size() > 0) {
                pace.soon();
            } else {
                pace.often();
            }
        }
        makeRoom();
    }

    /** Sends a reader what it has missed since it was matched, once it answers a heartbeat and does not only ask for the first. */
    private void welcome(ReaderProxy proxy, long base, boolean isFinal) {
        boolean isAnswer = base >= proxy.firstRelevant && (isFinal || base > 1 || proxy.acks > 1);
        if (!isAnswer) {
            heartbeat(proxy, false);
            pace.soon();
            return;
        }
        proxy.isReady = true;
        resends.askFrom(proxy, proxy.firstRelevant);
        resend(proxy);
        if (proxy.acknowledged < sequence) {
            pace.soon();
        }
    }

    /** Sends a reader the next burst of what it lacks, when it is time; at the end it is asked whether that was all. */
    private void resend(ReaderProxy proxy) {
        long now = environment.now();
        if (!proxy.lacking.isEmpty() && now < proxy.burstAt) {
            burstBy(proxy.burstAt);
        } else if (resends.burst(proxy)) {
            proxy.burstAt = now + Resends.PAUSE;
            burstBy(proxy.burstAt);
        } else if (proxy.isToAnswer) {
            proxy.isToAnswer = false;
            heartbeat(proxy, false);
        }
    }

    private void burstBy(long time) {
        if (time < burstAt) {
            burstAt = time;
            environment.wakeAt(time);
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
        resends.askFragments(proxy, nack.sequence(), nack.missing());
        resend(proxy);
    }

    /** Sends what readers lack, and heartbeats, when they are due. The result is when the next are. */
    public long run(long now) {
        if (now >= burstAt) {
            burstAt = Long.MAX_VALUE;
            resendToAll();
        }
        if (now >= pace.at()) {
            heartbeats(now);
        }
        return Math.min(burstAt, pace.at());
    }

    // By index, which leaves no iterators behind: both are called many times a second.
    private void resendToAll() {
        List<ReaderGroup> groups = readers.groups();
        for (int i = 0; i < groups.size(); i++) {
            List<ReaderProxy> members = groups.get(i).readers();
            for (int j = 0; j < members.size(); j++) {
                if (!members.get(j).lacking.isEmpty()) {
                    resend(members.get(j));
                }
            }
        }
    }

    private void heartbeats(long now) {
        boolean isOpen = false;
        List<ReaderGroup> groups = readers.groups();
        for (int i = 0; i < groups.size(); i++) {
            List<ReaderProxy> members = groups.get(i).readers();
            for (int j = 0; j < members.size(); j++) {
                ReaderProxy proxy = members.get(j);
                if (proxy.isReliable && (!proxy.isReady || proxy.acknowledged < sequence)) {
                    heartbeat(proxy, false);
                    isOpen = true;
                }
            }
        }
        pace.sent(now, isOpen);
    }
}
