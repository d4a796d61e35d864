package io.vyra.modulemanager.ros2;

import java.io.IOException;
import java.net.DatagramSocket;
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
            // Where the first participant of a domain listens (DDSI-RTPS 2.5 §9.6.2.3).
            try (DatagramSocket socket = new DatagramSocket(7_410 + 250 * domain)) {
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
