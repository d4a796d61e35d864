package io.vyra.zenoh.peer;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long tests wait for what must happen. It bounds only tests that fail, so it is long enough for a machine that is slow and busy with
 * other things.
 */
public final class Patience {
    /** Of waits that end when something happens. */
    public static final Duration PATIENCE = Duration.ofSeconds(40);

    private Patience() {}

    public static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }
}
