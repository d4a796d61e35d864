package io.vyra.ros2.peer;

import io.vyra.ros2.rtps.transport.DiscoverySettings;
import io.vyra.ros2.rtps.transport.Ports;
import java.io.IOException;
import java.net.DatagramSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Domains that nobody else on this machine is in. */
public final class Domains {
    private static final int FIRST = 20;
    private static final int LAST = 200;

    private Domains() {}

    /** One that has no participant; other tests that start at the same time have likely drawn another. */
    public static int free() {
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

    /** Loopback only. */
    public static DiscoverySettings localhost(int domain) {
        return new DiscoverySettings(domain, DiscoverySettings.Range.LOCALHOST, List.of());
    }
}
