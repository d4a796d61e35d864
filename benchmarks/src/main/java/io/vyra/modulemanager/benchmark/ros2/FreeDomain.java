package io.vyra.modulemanager.benchmark.ros2;

import io.vyra.ros2.rtps.transport.Ports;
import java.io.IOException;
import java.net.DatagramSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A domain that nobody on this machine is in. */
final class FreeDomain {
    private static final int FIRST = 20;
    private static final int LAST = 200;

    private FreeDomain() {}

    static int find() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int domain = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (DatagramSocket socket = new DatagramSocket(Ports.discoveryUnicast(domain, 0))) {
                if (socket.isBound()) {
                    return domain;
                }
            } catch (IOException e) {
                // Somebody is there.
                continue;
            }
        }
        throw new IllegalStateException("No domain is free");
    }
}
