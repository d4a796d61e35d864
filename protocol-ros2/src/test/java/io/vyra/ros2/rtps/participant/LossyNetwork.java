package io.vyra.ros2.rtps.participant;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Loses some of all that a participant sends and is sent, discovery and acknowledgements too. */
final class LossyNetwork {
    private final int thousandths;
    private final Random random = new Random(1);
    private final AtomicLong lost = new AtomicLong();

    LossyNetwork(int thousandths) {
        this.thousandths = thousandths;
    }

    Participant open(ParticipantSettings settings) throws IOException {
        return Participant.open(
                settings,
                way -> (packet, address) -> {
                    if (isKept()) {
                        way.send(packet, address);
                    }
                },
                handler -> (packet, length, isToGroup) -> {
                    if (isKept()) {
                        handler.packet(packet, length, isToGroup);
                    }
                });
    }

    private synchronized boolean isKept() {
        if (random.nextInt(1_000) < thousandths) {
            lost.incrementAndGet();
            return false;
        }
        return true;
    }

    long lost() {
        return lost.get();
    }
}
