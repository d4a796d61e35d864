package io.vyra.modulemanager.benchmark.ros2;

import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.participant.ParticipantListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Who is there. */
final class Census implements ParticipantListener {
    private final Set<GuidPrefix> participants = new HashSet<>();
    private final Set<Guid> endpoints = new HashSet<>();

    @Override
    public synchronized void participantFound(ParticipantDescription participant) {
        participants.add(participant.prefix());
        notifyAll();
    }

    @Override
    public synchronized void endpointFound(EndpointDescription endpoint, boolean isWriter) {
        endpoints.add(endpoint.guid());
        notifyAll();
    }

    /** Waits until so many are there at least. */
    synchronized void await(int leastParticipants, int leastEndpoints, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (participants.size() < leastParticipants || endpoints.size() < leastEndpoints) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException(
                        participants.size() + " participants and " + endpoints.size() + " endpoints were found");
            }
            wait(left);
        }
    }
}
