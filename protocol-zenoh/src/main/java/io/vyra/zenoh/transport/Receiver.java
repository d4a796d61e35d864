package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.NetworkCodec;
import io.vyra.zenoh.message.Priority;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.message.TransportCodec;
import io.vyra.zenoh.message.TransportMessage;
import io.vyra.zenoh.message.TransportMessage.Close;
import io.vyra.zenoh.message.TransportMessage.Fragment;
import io.vyra.zenoh.message.TransportMessage.Frame;
import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import java.io.IOException;

/** The receiving half of a transport: one thread reads the link and hands on what is new and in order. */
final class Receiver {
    private final BatchReader batches;
    private final TransportSettings settings;
    private final Negotiated negotiated;
    private final TransportHandler handler;
    private final PushCursor push = new PushCursor();
    private final SequenceNumber[] numbers;
    private final Defragmenter[] defragmenters;

    /** When the last batch came, by {@link System#nanoTime}. */
    private volatile long lastHeard = System.nanoTime();

    /** Whether the handler is at work: meanwhile nothing is read, which is not the peer's fault. */
    private volatile boolean isHandling;

    private volatile long messages;
    private volatile long bytes;
    private volatile long stale;

    Receiver(BatchReader batches, TransportSettings settings, Negotiated negotiated, TransportHandler handler) {
        this.batches = batches;
        this.settings = settings;
        this.negotiated = negotiated;
        this.handler = handler;
        int channels = 2 * (negotiated.hasPriorities() ? Priority.values().length : 1);
        this.numbers = new SequenceNumber[channels];
        this.defragmenters = new Defragmenter[channels];
        for (int i = 0; i < channels; i++) {
            numbers[i] = new SequenceNumber(negotiated.sequenceMask(), negotiated.firstReceived());
        }
    }

    /** Reads until the transport ends, and says why it did. */
    TransportEnd run() {
        try {
            while (true) {
                WireReader batch = batches.next();
                if (batch == null) {
                    return new TransportEnd.ConnectionLost("The peer closed the connection");
                }
                lastHeard = System.nanoTime();
                isHandling = true;
                count(batch.remaining());
                Close close = handle(batch);
                if (!batches.hasNext()) {
                    handler.caughtUp();
                }
                lastHeard = System.nanoTime();
                isHandling = false;
                if (close != null) {
                    return new TransportEnd.ClosedByPeer(close.reason());
                }
            }
        } catch (MalformedMessageException e) {
            return new TransportEnd.ProtocolViolated(e.getMessage());
        } catch (IOException e) {
            return new TransportEnd.ConnectionLost(String.valueOf(e.getMessage()));
        } finally {
            // What came before the end is delivered.
            handler.caughtUp();
        }
    }

    /** How long nothing was heard, 0 while what was heard is still being handled. */
    long silenceNanos() {
        return isHandling ? 0 : System.nanoTime() - lastHeard;
    }

    private Close handle(WireReader batch) {
        while (batch.hasRemaining()) {
            switch (TransportCodec.read(batch)) {
                case Frame frame -> {
                    int channel = channel(frame.priority(), frame.reliable());
                    readMessages(batch, frame.reliable(), numbers[channel].advance(frame.sequenceNumber()));
                }
                case Fragment fragment -> readFragment(fragment, batch);
                case Close close -> {
                    return close;
                }
                case TransportMessage.KeepAlive _, TransportMessage.Ignored _ -> {}
                case TransportMessage.InitSyn _,
                        TransportMessage.InitAck _,
                        TransportMessage.OpenSyn _,
                        TransportMessage.OpenAck _ ->
                    throw new MalformedMessageException("The peer opens a transport that is open already");
            }
        }
        return null;
    }

    private void readMessages(WireReader batch, boolean reliable, boolean isNew) {
        push.reliable(reliable);
        if (!isNew) {
            addStale();
        }
        while (batch.hasRemaining() && NetworkCodec.startsMessage(batch.peek())) {
            if (NetworkCodec.readPush(batch, push)) {
                if (isNew) {
                    countMessage();
                    handler.push(push);
                }
            } else {
                var message = NetworkCodec.read(batch);
                if (isNew) {
                    countMessage();
                    handler.message(message);
                }
            }
        }
    }

    private void readFragment(Fragment fragment, WireReader batch) {
        int channel = channel(fragment.priority(), fragment.reliable());
        if (!numbers[channel].advance(fragment.sequenceNumber())) {
            addStale();
            batch.skip(batch.remaining());
            return;
        }
        if (defragmenters[channel] == null) {
            defragmenters[channel] =
                    new Defragmenter(settings.largestMessage(), negotiated.sequenceMask(), negotiated.marksFragments());
        }
        long before = defragmenters[channel].givenUp();
        WireReader whole = defragmenters[channel].add(fragment, batch);
        if (defragmenters[channel].givenUp() != before) {
            addStale();
        }
        if (whole != null) {
            readMessages(whole, fragment.reliable(), true);
        }
    }

    private int channel(Priority priority, boolean reliable) {
        if (!negotiated.hasPriorities()) {
            if (priority != Priority.DATA) {
                throw new MalformedMessageException(
                        "The peer uses the priority " + priority + ", which was not agreed upon");
            }
            return reliable ? 0 : 1;
        }
        return 2 * priority.ordinal() + (reliable ? 0 : 1);
    }

    // One thread writes these, others read them.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void count(int size) {
        bytes += size;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void countMessage() {
        messages++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void addStale() {
        stale++;
    }

    /** The sending half's counters with this half's. */
    TransportCounters counters(TransportCounters sending) {
        return new TransportCounters(
                sending.sentMessages(), sending.sentBytes(), sending.droppedMessages(), messages, bytes, stale);
    }
}
