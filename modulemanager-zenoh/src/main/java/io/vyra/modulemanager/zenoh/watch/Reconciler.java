package io.vyra.modulemanager.zenoh.watch;

import io.vyra.modulemanager.module.ModuleId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Asks modules for their state when what is known of it may be wrong: one question at a time for each module, and once more when
 * something happened meanwhile. Thread-safe.
 */
final class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);

    private enum Wanted {
        ONCE,
        AGAIN
    }

    private final StateReader states;
    private final Executor threads;
    private final Map<ModuleId, Wanted> open = new HashMap<>();
    private final AtomicLong questions = new AtomicLong();

    Reconciler(StateReader states, Executor threads) {
        this.states = states;
        this.threads = threads;
    }

    /** @param why in words, for the log */
    void ask(ModuleId module, String why) {
        synchronized (open) {
            if (open.containsKey(module)) {
                open.put(module, Wanted.AGAIN);
                return;
            }
            open.put(module, Wanted.ONCE);
        }
        LOG.debugf("State asked for module=%s cause=%s", module, why);
        threads.execute(() -> work(module));
    }

    private void work(ModuleId module) {
        boolean more = true;
        while (more) {
            try {
                questions.incrementAndGet();
                boolean isKnown = states.read(module).isPresent();
                LOG.debugf("State read module=%s known=%s", module, isKnown);
            } catch (RuntimeException e) {
                // The thread's edge: other modules are asked all the same, and this one when next it is heard of.
                LOG.errorf(e, "State not read module=%s", module);
            }
            synchronized (open) {
                more = open.replace(module, Wanted.AGAIN, Wanted.ONCE);
                if (!more) {
                    open.remove(module);
                }
            }
        }
    }

    /** How many questions were asked. */
    long questions() {
        return questions.get();
    }
}
