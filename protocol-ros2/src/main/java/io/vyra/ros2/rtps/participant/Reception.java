package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.endpoint.Outbox;
import io.vyra.ros2.rtps.endpoint.ReceivedSample;
import io.vyra.ros2.wire.MalformedDataException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes in packets, sends what comes of them, and gives samples to their listeners. The participant's lock guards everything; listeners are run
 * without it, by the thread that receives what comes by unicast.
 */
final class Reception {
    private static final System.Logger LOG = System.getLogger(Reception.class.getName());

    private final ReentrantLock lock;
    private final Condition progress;
    private final Outbox outbox;
    private final PacketProcessor processor;
    private final ReceivedSample.Spare samples;
    private final Deliveries deliveries = new Deliveries();

    /** Who receives what comes by unicast, and runs listeners. */
    private Thread receiver;

    private long packets;
    private long malformed;
    private long errors;

    /**
     * @param progress of the lock; is signalled after each packet
     * @param samples  take back what listeners have seen
     */
    Reception(
            ReentrantLock lock,
            Condition progress,
            Outbox outbox,
            PacketProcessor processor,
            ReceivedSample.Spare samples) {
        this.lock = lock;
        this.progress = progress;
        this.outbox = outbox;
        this.processor = processor;
        this.samples = samples;
    }

    /** Whether the current thread is the one that receives what comes by unicast. Whoever asks has the lock. */
    boolean isReceiving() {
        return Thread.currentThread() == receiver;
    }

    /** A sample is due for a reader. Whoever says so has the lock. */
    void deliver(DataReader reader, ReceivedSample sample) {
        deliveries.add(reader, sample);
    }

    void packet(byte[] packet, int length, boolean isToGroup) {
        lock.lock();
        try {
            packets++;
            processor.process(packet, length, isToGroup);
            progress.signalAll();
        } catch (MalformedDataException e) {
            malformed++;
            LOG.log(System.Logger.Level.DEBUG, "A packet of RTPS is malformed: {0}", e.getMessage());
        } catch (RuntimeException e) {
            failed("A packet of RTPS could not be processed", e);
        } finally {
            try {
                outbox.flush();
            } catch (RuntimeException e) {
                failed("What comes of a packet of RTPS could not be sent", e);
            } finally {
                lock.unlock();
            }
        }
        if (!isToGroup) {
            deliver();
        }
    }

    /** Only the thread of the unicast socket comes here, so samples stay in order, and its buffer stays as it is. */
    private void deliver() {
        ReceivedSample sample = null;
        while (true) {
            DataReader reader;
            lock.lock();
            try {
                receiver = Thread.currentThread();
                if (sample != null) {
                    samples.give(sample);
                }
                sample = deliveries.sample();
                reader = deliveries.poll();
            } finally {
                lock.unlock();
            }
            if (reader == null) {
                return;
            }
            try {
                reader.listener().sample(sample);
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "A listener of the topic " + reader.description().topic() + " failed",
                        e);
            }
        }
    }

    /** An error of this library, by which the thread and with it the participant must not end. */
    private void failed(String what, RuntimeException cause) {
        errors++;
        LOG.log(System.Logger.Level.ERROR, what, cause);
    }

    /** How many packets came. Whoever asks has the lock. */
    long packets() {
        return packets;
    }

    /** How many packets were not RTPS, or broken. Whoever asks has the lock. */
    long malformed() {
        return malformed;
    }

    /** At how many packets this library failed. Whoever asks has the lock. */
    long errors() {
        return errors;
    }
}
